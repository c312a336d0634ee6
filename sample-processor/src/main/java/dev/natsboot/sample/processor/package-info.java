/**
 * Payment, inventory and audit, one package each, chosen by configuration.
 */
@NullMarked
package dev.natsboot.sample.processor;

import org.jspecify.annotations.NullMarked;

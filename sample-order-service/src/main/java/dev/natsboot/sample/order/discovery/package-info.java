/**
 * Answers where this service can be reached.
 */
@NullMarked
package dev.natsboot.sample.order.discovery;

import org.jspecify.annotations.NullMarked;

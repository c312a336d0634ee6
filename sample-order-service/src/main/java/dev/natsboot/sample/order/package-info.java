/**
 * The order service: intake, state and discovery, one package each.
 */
@NullMarked
package dev.natsboot.sample.order;

import org.jspecify.annotations.NullMarked;

/**
 * Reserves the stock for every order, never more than there is.
 */
@NullMarked
package dev.natsboot.sample.processor.inventory;

import org.jspecify.annotations.NullMarked;

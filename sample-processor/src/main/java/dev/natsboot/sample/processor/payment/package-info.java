/**
 * Charges every order exactly once and announces the result.
 */
@NullMarked
package dev.natsboot.sample.processor.payment;

import org.jspecify.annotations.NullMarked;

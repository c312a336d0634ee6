/**
 * Messages that a listener gave up: shown, and sent back when their cause is gone.
 */
@NullMarked
package dev.natsboot.sample.order.deadletter;

import org.jspecify.annotations.NullMarked;

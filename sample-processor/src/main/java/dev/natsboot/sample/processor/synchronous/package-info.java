/**
 * The variant without streams, to compare with: payment and inventory over HTTP, in the
 * profile {@code synchronous}. Whoever asks waits for the result.
 */
@NullMarked
package dev.natsboot.sample.processor.synchronous;

import org.jspecify.annotations.NullMarked;

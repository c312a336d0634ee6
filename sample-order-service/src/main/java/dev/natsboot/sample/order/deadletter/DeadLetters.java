package dev.natsboot.sample.order.deadletter;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One page of dead letters.
 *
 * @param deadLetters the dead letters
 * @param next where the next page begins, or {@code null} when this is the last one
 */
record DeadLetters(List<DeadLetterView> deadLetters, @Nullable String next) {
}

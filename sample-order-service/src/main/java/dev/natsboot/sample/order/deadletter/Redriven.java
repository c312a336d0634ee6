package dev.natsboot.sample.order.deadletter;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What became of the dead letters that were to be sent back.
 *
 * @param redriven how many were sent back
 * @param failed how many could not be, and stay
 * @param problems why, for the first hundred of them
 * @param stopped why the rest stays, or {@code null} when nothing stopped it
 */
record Redriven(long redriven, long failed, List<String> problems, @Nullable String stopped) {
}

package dev.natsboot.deadletter;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What became of many dead letters.
 *
 * @param done how many were sent back, or dropped
 * @param failed how many could not be, and are still there
 * @param failures why, for the first hundred of them
 * @param stopped why not all were looked at, or {@code null} when they were
 */
public record DeadLetterReport(long done, long failed, Map<DeadLetterId, String> failures, @Nullable String stopped) {
}

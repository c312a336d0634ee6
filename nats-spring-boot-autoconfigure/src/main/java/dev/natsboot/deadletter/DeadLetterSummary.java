package dev.natsboot.deadletter;

import java.util.Map;

/**
 * How many dead letters there are.
 *
 * @param streams the number of messages in each dead-letter stream
 * @param listeners the number of dead letters of each listener, by its id; {@code ?}
 * where that isn't known
 * @param complete whether all were looked at for the numbers of the listeners, and not
 * only the first ones of each stream
 */
public record DeadLetterSummary(Map<String, Long> streams, Map<String, Long> listeners, boolean complete) {
}

package dev.natsboot.connection;

/**
 * What a {@link NatsConnectionManager} has counted since the application started, over
 * all its connections; {@code outstandingRequests} is about this moment.
 *
 * @param connections connections that came into use: 1 unless one was closed for good and
 * replaced, or the manager was restarted
 * @param reconnects how often a lost connection came back
 * @param slowConsumers how often a subscription fell so far behind that messages were
 * dropped
 * @param droppedMessages received messages that were dropped because a subscription's
 * pending limits were reached
 * @param discardedMessages messages that couldn't be published because the outgoing queue
 * was full, or the publishing thread interrupted
 * @param outstandingRequests requests that wait for their reply now
 */
public record ConnectionCounts(long connections, long reconnects, long slowConsumers, long droppedMessages,
		long discardedMessages, long outstandingRequests) {
}

package dev.natsboot.observation;

import java.util.List;
import java.util.Set;

import dev.natsboot.observation.ListenerMetrics.Outcome;

/**
 * What the library counts. The implementation with meters needs Micrometer; without it
 * {@link #NONE} is used.
 */
public interface NatsMetrics {

	/**
	 * Counts nothing.
	 */
	NatsMetrics NONE = (subject, failed) -> {
	};

	/**
	 * A message was published, by core NATS or through JetStream.
	 * @param subject the subject; implementations bound the number of different tags
	 * @param failed whether publishing failed
	 */
	void published(String subject, boolean failed);

	/**
	 * The meters of one listener or request handler, present in the scrape from now on.
	 * @param id the endpoint's id
	 * @param subjects the declared subjects, with wildcards
	 * @param outcomes what can become of its messages
	 * @return the meters, which are told of no other outcome
	 */
	default ListenerMetrics listener(String id, List<String> subjects, Set<Outcome> outcomes) {
		return ListenerMetrics.NONE;
	}

	/**
	 * Gauges of one JetStream consumer, present in the scrape from now on: pending,
	 * ack-pending and redelivered messages.
	 * @param stream the stream
	 * @param consumer the consumer
	 * @return where to put the figures
	 */
	default ConsumerMetrics consumer(String stream, String consumer) {
		return ConsumerMetrics.NONE;
	}

	/**
	 * A message whose last delivery its listener didn't answer was published to the dead
	 * letters.
	 * @param id the listener's id
	 */
	default void deadLettered(String id) {
	}

	/**
	 * A dead letter was sent back to its subject.
	 */
	default void redriven() {
	}

	/**
	 * A dead letter was deleted without being sent back.
	 */
	default void dropped() {
	}

	/**
	 * Gauges of one JetStream consumer.
	 */
	@FunctionalInterface
	interface ConsumerMetrics {

		/**
		 * Measures nothing.
		 */
		ConsumerMetrics NONE = (pending, ackPending, redelivered) -> {
		};

		/**
		 * New figures as the server reported them.
		 * @param pending messages that match the consumer and were not yet delivered
		 * @param ackPending messages delivered and not yet acknowledged
		 * @param redelivered messages delivered more than once and not yet acknowledged
		 */
		void update(long pending, long ackPending, long redelivered);

		/**
		 * The container is gone for good: remove the gauges.
		 */
		default void close() {
		}

	}

}

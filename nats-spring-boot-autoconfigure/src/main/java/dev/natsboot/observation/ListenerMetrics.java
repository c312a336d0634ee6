package dev.natsboot.observation;

import java.util.EnumSet;
import java.util.Set;

/**
 * What is counted for one listener. The meters are looked up once, when the endpoint is
 * registered. Implementations are thread-safe and never throw.
 */
public interface ListenerMetrics {

	/**
	 * Counts nothing.
	 */
	ListenerMetrics NONE = (outcome, durationNanos) -> {
	};

	/**
	 * A message left the pipeline.
	 * @param outcome what became of it
	 * @param durationNanos how long conversion and handler took together, in nanoseconds,
	 * or -1 when the handler was not reached
	 */
	void consumed(Outcome outcome, long durationNanos);

	/**
	 * A message came for the second time or more.
	 */
	default void redelivered() {
	}

	/**
	 * The listener is gone for good: remove its meters.
	 */
	default void close() {
	}

	/**
	 * What became of a message.
	 */
	enum Outcome {

		/** Handled, and acknowledged where that applies. */
		SUCCESS,

		/** Failed, and given back to be delivered again later. */
		RETRY,

		/** Failed, and published to the dead letters. */
		DEAD_LETTER,

		/**
		 * Failed, and given up by the error handler or for lack of a dead-letter subject.
		 */
		DISCARDED,

		/** Not wanted by the listener's filter. */
		FILTERED,

		/** Handled before, as the listener's idempotency store says. */
		DUPLICATE,

		/**
		 * Given back, to be delivered again later, through no fault of its own: another
		 * delivery of it is being handled, or the transaction of its batch was rolled
		 * back because of another message.
		 */
		POSTPONED,

		/**
		 * Failed on a subject that has no acknowledgement: a core subscription or a
		 * request handler.
		 */
		FAILURE;

		/**
		 * What can become of a stream's messages: all that acknowledgements allow for.
		 */
		public static final Set<Outcome> OF_STREAM = Set.copyOf(EnumSet.complementOf(EnumSet.of(FAILURE)));

		/** What can become of the messages of a core subscription. */
		public static final Set<Outcome> OF_SUBSCRIPTION = Set.of(SUCCESS, FAILURE, FILTERED, DISCARDED);

		/** What can become of requests. */
		public static final Set<Outcome> OF_REQUESTS = Set.of(SUCCESS, FAILURE);

		/**
		 * Whether the handler has been called, so that there is a time to measure.
		 */
		boolean isTimed() {
			return this != FILTERED && this != DUPLICATE;
		}

	}

}

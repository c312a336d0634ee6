package dev.natsboot.observation;

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
		FAILURE

	}

}

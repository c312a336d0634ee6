package dev.natsboot.faults.processor;

/**
 * What handling an order does.
 */
public enum Behaviour {

	/** Charges at once. */
	PLAIN,

	/** Takes some hundred milliseconds. */
	SLOW,

	/** Takes longer than the server waits for an acknowledgement. */
	LONG,

	/** Fails in the first deliveries, and then charges. */
	TRANSIENT,

	/** Fails in a way that would be the same again. */
	REJECTED,

	/** Fails in every delivery. */
	FAILING,

	/** Waits for as long as the order says. */
	WAITING,

	/** Kills the process once, before the handler is called. */
	CRASH_BEFORE,

	/** Kills the process once, before the order is charged. */
	CRASH_DURING,

	/** Kills the process once, when the order is charged and not acknowledged. */
	CRASH_AFTER_EFFECT,

	/** Kills the process once, when its key is claimed and the handler not called. */
	CRASH_AFTER_CLAIM,

	/** Kills the process once, when its key is marked and the order not acknowledged. */
	CRASH_AFTER_MARK,

	/** Kills the process in every delivery. */
	POISON,

	/**
	 * Kills the process once, when the order has failed for good and is no dead letter.
	 */
	CRASH_BEFORE_DEAD_LETTER,

	/**
	 * Kills the process once, when the dead letter is stored and the order not settled.
	 */
	CRASH_AFTER_DEAD_LETTER;

	/**
	 * Return whether an order ends in the dead letters.
	 * @return {@code true} if it is never charged
	 */
	public boolean isHopeless() {
		return switch (this) {
			case REJECTED, FAILING, POISON, CRASH_BEFORE_DEAD_LETTER, CRASH_AFTER_DEAD_LETTER -> true;
			default -> false;
		};
	}

}

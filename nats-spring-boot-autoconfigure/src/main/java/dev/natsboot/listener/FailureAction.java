package dev.natsboot.listener;

import java.time.Duration;

/**
 * What becomes of a message whose handling failed.
 */
public sealed interface FailureAction {

	/**
	 * Deliver the message again after a delay.
	 * @param delay how long the server waits
	 * @return the action
	 */
	static FailureAction retry(Duration delay) {
		return new Retry(delay);
	}

	/**
	 * Deliver the message again after a delay, and don't count this delivery, as far as
	 * this application remembers: the message isn't what went wrong.
	 * @param delay how long the server waits
	 * @return the action
	 */
	static FailureAction postpone(Duration delay) {
		return new Postpone(delay);
	}

	/**
	 * Publish the message to the dead-letter subject and never deliver it again. Where
	 * the endpoint has no dead-letter subject this is the same as {@link #discard()}, and
	 * logged as an error.
	 * @return the action
	 */
	static FailureAction deadLetter() {
		return new DeadLetter();
	}

	/**
	 * Never deliver the message again.
	 * @return the action
	 */
	static FailureAction discard() {
		return new Discard();
	}

	/**
	 * Deliver again.
	 *
	 * @param delay how long the server waits
	 */
	record Retry(Duration delay) implements FailureAction {
	}

	/**
	 * Deliver again, without counting this delivery.
	 *
	 * @param delay how long the server waits
	 */
	record Postpone(Duration delay) implements FailureAction {
	}

	/**
	 * Publish to the dead letters.
	 */
	record DeadLetter() implements FailureAction {
	}

	/**
	 * Give up.
	 */
	record Discard() implements FailureAction {
	}

}

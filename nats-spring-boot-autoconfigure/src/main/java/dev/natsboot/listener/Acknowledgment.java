package dev.natsboot.listener;

import java.time.Duration;

/**
 * Decides a message's fate by hand, in {@link AckMode#MANUAL}. The first decision counts;
 * a further one throws {@link IllegalStateException}.
 */
public interface Acknowledgment {

	/**
	 * The message was handled. Sent without waiting for an answer, except for a message
	 * that is handled alone as it may have killed the application: then the server has
	 * two seconds to confirm it, before the next of these is handled.
	 */
	void acknowledge();

	/**
	 * The message was handled; returns when the server has confirmed it.
	 * @param timeout how long to wait for the confirmation
	 * @throws IllegalStateException when no confirmation came within that time
	 */
	void acknowledgeSync(Duration timeout);

	/**
	 * Deliver the message again, at once.
	 */
	default void nak() {
		nak(Duration.ZERO);
	}

	/**
	 * Deliver the message again, later.
	 * @param delay how long the server waits before it delivers the message again
	 */
	void nak(Duration delay);

	/**
	 * Never deliver the message again, without a dead letter.
	 */
	void term();

	/**
	 * Work goes on: the acknowledgement wait begins again. Not a decision, may be called
	 * any number of times.
	 */
	void inProgress();

	/**
	 * Whether the fate of the message is decided.
	 * @return {@code true} after the first decision
	 */
	boolean isSettled();

}

package dev.natsboot.listener;

import java.time.Duration;

/**
 * Decides the fate of single messages of a batch. Messages that the handler doesn't
 * mention are acknowledged when it returns ({@link AckMode#AUTO}), or stay open
 * ({@link AckMode#MANUAL}).
 */
public interface BatchAcknowledgment {

	/**
	 * How many messages the batch has.
	 * @return the number of messages
	 */
	int size();

	/**
	 * The fate of one message.
	 * @param index the message's place in the list, from 0
	 * @return its acknowledgement
	 * @throws IndexOutOfBoundsException when there is no such message
	 */
	Acknowledgment get(int index);

	/**
	 * One message failed: the error handler decides whether it is retried or becomes a
	 * dead letter.
	 * @param index the message's place in the list, from 0
	 * @param cause why it failed
	 * @throws IndexOutOfBoundsException when there is no such message
	 */
	void fail(int index, Throwable cause);

	/**
	 * One message was handled.
	 * @param index the message's place in the list, from 0
	 */
	default void acknowledge(int index) {
		get(index).acknowledge();
	}

	/**
	 * Deliver one message again, later.
	 * @param index the message's place in the list, from 0
	 * @param delay how long the server waits before it delivers the message again
	 */
	default void nak(int index, Duration delay) {
		get(index).nak(delay);
	}

}

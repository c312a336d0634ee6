package dev.natsboot.listener;

import java.time.Duration;

/**
 * The one place where a message's fate is decided and told to the server.
 */
interface Settlement {

	/**
	 * A worker has taken the message.
	 */
	default void begin(Delivery delivery) {
	}

	/**
	 * How often a message was handed to this listener.
	 */
	long deliveries(Delivery delivery);

	/**
	 * Whether the message came too often to be handled once more: its handler never
	 * answered.
	 */
	boolean isExhausted(Delivery delivery);

	/**
	 * The handler succeeded.
	 * @param turn its call, see {@link Delivery#begin()}
	 */
	void succeeded(Delivery delivery, int turn, long durationNanos);

	/**
	 * The filter doesn't want the message.
	 */
	void filtered(Delivery delivery);

	/**
	 * The message was handled before.
	 */
	void duplicate(Delivery delivery);

	/**
	 * The message was not handled, through no fault of its own: it shall come again after
	 * a delay, and this delivery not count.
	 */
	void postponed(Delivery delivery, Duration delay);

	/**
	 * Conversion, validation, handler or reply failed.
	 */
	void failed(Delivery delivery, int turn, Throwable cause, long durationNanos);

	/**
	 * The handler was not reached: somebody else shall have the message, at once.
	 */
	void giveBack(Delivery delivery);

	/**
	 * A decision by hand.
	 * @return whether it was the first
	 */
	boolean acknowledge(Delivery delivery, int turn, Duration confirmation);

	/**
	 * A decision by hand.
	 * @return whether it was the first
	 */
	boolean nak(Delivery delivery, int turn, Duration delay);

	/**
	 * A decision by hand.
	 * @return whether it was the first
	 */
	boolean term(Delivery delivery, int turn);

	/**
	 * A batch was settled: tell the server what it doesn't know yet.
	 */
	default void flush() {
	}

	/**
	 * The message is still being worked on.
	 */
	void inProgress(Delivery delivery);

}

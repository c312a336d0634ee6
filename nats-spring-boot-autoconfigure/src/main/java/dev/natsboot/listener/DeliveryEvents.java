package dev.natsboot.listener;

import java.time.Duration;

/**
 * What a settlement tells the intake that a delivery came from.
 */
interface DeliveryEvents {

	/**
	 * The way of the delivery through the container has ended.
	 */
	void completed(Delivery delivery);

	/**
	 * The handler has returned, and somebody will settle the message by hand.
	 * @param turn its call, see {@link Delivery#begin()}
	 */
	void unsettled(Delivery delivery, int turn);

	/**
	 * The message is to be handled once more without leaving the container, so that none
	 * that it is kept in order with overtakes it.
	 * @return {@code false} when the container doesn't keep it any longer
	 */
	boolean again(Delivery delivery, Duration delay);

	/**
	 * Whether a newer delivery of the same message is in the container.
	 */
	boolean hasNewer(Delivery delivery);

}

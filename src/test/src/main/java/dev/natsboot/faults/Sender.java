package dev.natsboot.faults;

import java.util.concurrent.CompletableFuture;

import dev.natsboot.faults.processor.Order;

/**
 * Publishes orders, each with its id as the message's.
 */
interface Sender extends AutoCloseable {

	/**
	 * Publish an order.
	 * @param order the order
	 * @return completes normally when the server has stored it
	 */
	CompletableFuture<?> send(Order order);

	@Override
	default void close() {
	}

}

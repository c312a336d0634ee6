package dev.natsboot.faults;

import java.util.concurrent.CompletableFuture;

import dev.natsboot.faults.processor.Order;

/**
 * Publishes orders.
 */
interface Sender extends AutoCloseable {

	/**
	 * Publish an order.
	 * @param order the order
	 * @param messageId the id by which the server recognises a second message
	 * @return completes normally when the server has stored it
	 */
	CompletableFuture<?> send(Order order, String messageId);

	@Override
	default void close() {
	}

}

package dev.natsboot.sample.processor.inventory;

import dev.natsboot.sample.processor.event.OrderCreated;
import dev.natsboot.sample.processor.event.OrderResult;

/**
 * The events {@code inventory.reserved} and {@code inventory.out_of_stock}.
 *
 * @param messageId identifies the event: the order's message id and {@code :inventory}
 * @param orderMessageId the order's message id
 * @param orderId identifies the order
 * @param status whether everything is reserved
 */
public record ReservationResult(String messageId, String orderMessageId, String orderId,
		ReservationStatus status) implements OrderResult {

	static ReservationResult of(OrderCreated order, ReservationStatus status) {
		return of(order.messageId(), order.orderId(), status);
	}

	static ReservationResult of(String orderMessageId, String orderId, ReservationStatus status) {
		return new ReservationResult(orderMessageId + ":inventory", orderMessageId, orderId, status);
	}

	@Override
	public String subject() {
		return (this.status == ReservationStatus.RESERVED) ? "inventory.reserved" : "inventory.out_of_stock";
	}

}

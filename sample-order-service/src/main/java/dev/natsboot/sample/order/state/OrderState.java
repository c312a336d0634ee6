package dev.natsboot.sample.order.state;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What is known of an order.
 *
 * @param orderId identifies the order
 * @param messageId the id of the event {@code orders.created.v1}
 * @param customerId who ordered
 * @param totalAmount the sum of all items
 * @param paymentStatus what became of the payment
 * @param inventoryStatus what became of the reservation
 * @param acceptedAt when the order came in
 * @param updatedAt when something was learnt about it last
 */
record OrderState(String orderId, String messageId, String customerId, BigDecimal totalAmount,
		PaymentStatus paymentStatus, InventoryStatus inventoryStatus, Instant acceptedAt, Instant updatedAt) {
}

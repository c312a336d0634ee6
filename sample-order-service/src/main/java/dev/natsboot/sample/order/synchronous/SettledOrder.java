package dev.natsboot.sample.order.synchronous;

import dev.natsboot.sample.order.intake.OrderCreated;
import dev.natsboot.sample.order.state.InventoryStatus;
import dev.natsboot.sample.order.state.PaymentStatus;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an order.
 *
 * @param orderId identifies the order
 * @param messageId the key with which it was charged
 * @param paymentStatus what became of the payment
 * @param inventoryStatus what became of the reservation
 */
record SettledOrder(String orderId, String messageId, PaymentStatus paymentStatus, InventoryStatus inventoryStatus) {

	static SettledOrder of(OrderCreated order, @Nullable PaymentStatus payment, @Nullable InventoryStatus reservation) {
		if (payment == null || reservation == null) {
			throw OrdersNotSettledException
				.failed(new IllegalStateException("The processor didn't answer for order " + order.orderId()));
		}
		return new SettledOrder(order.orderId(), order.messageId(), payment, reservation);
	}

}

package dev.natsboot.sample.processor.payment;

import java.math.BigDecimal;
import java.time.Instant;

import dev.natsboot.sample.processor.event.OrderCreated;
import dev.natsboot.sample.processor.event.OrderResult;

/**
 * The events {@code payments.completed} and {@code payments.failed}.
 *
 * @param messageId identifies the event: the order's message id and {@code :payment}
 * @param orderMessageId the order's message id
 * @param orderId identifies the order
 * @param status {@code PAID} or {@code FAILED}
 * @param amount what the customer had to pay
 * @param chargeId the gateway's id of the charge
 * @param orderedAt when the order came in
 */
record PaymentResult(String messageId, String orderMessageId, String orderId, PaymentStatus status, BigDecimal amount,
		String chargeId, Instant orderedAt) implements OrderResult {

	static PaymentResult of(OrderCreated order, PaymentStatus status, String chargeId) {
		return new PaymentResult(order.messageId() + ":payment", order.messageId(), order.orderId(), status,
				order.totalAmount(), chargeId, order.createdAt());
	}

	@Override
	public String subject() {
		return (this.status == PaymentStatus.PAID) ? "payments.completed" : "payments.failed";
	}

}

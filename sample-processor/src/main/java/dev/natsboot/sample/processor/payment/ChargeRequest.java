package dev.natsboot.sample.processor.payment;

import java.math.BigDecimal;

import dev.natsboot.sample.processor.event.OrderCreated;

/**
 * What the gateway is asked for.
 *
 * @param idempotencyKey the order's message id
 * @param orderId what the money is for
 * @param amount how much
 */
record ChargeRequest(String idempotencyKey, String orderId, BigDecimal amount) {

	static ChargeRequest of(OrderCreated order) {
		return new ChargeRequest(order.messageId(), order.orderId(), order.totalAmount());
	}

}

package dev.natsboot.sample.order.intake;

/**
 * The answer to an accepted order.
 *
 * @param orderId where to follow it: {@code GET /orders/{orderId}}
 * @param messageId the id of its event
 */
record AcceptedOrder(String orderId, String messageId) {

	static AcceptedOrder of(OrderCreated order) {
		return new AcceptedOrder(order.orderId(), order.messageId());
	}

}

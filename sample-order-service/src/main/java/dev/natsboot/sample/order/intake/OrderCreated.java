package dev.natsboot.sample.order.intake;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The event {@code orders.created.v1}.
 *
 * @param messageId identifies the event: JetStream and every consumer recognise a
 * duplicate by it
 * @param orderId identifies the order
 * @param customerId who ordered
 * @param totalAmount the sum of all items
 * @param createdAt when the order came in
 * @param items what was ordered
 */
public record OrderCreated(String messageId, String orderId, String customerId, BigDecimal totalAmount,
		Instant createdAt, List<OrderItem> items) {

	/**
	 * The subject of the event. A change that old consumers can't read gets a new one.
	 */
	public static final String SUBJECT = "orders.created.v1";

	/**
	 * Make the event of an order that comes in now.
	 * @param request what the customer sent
	 * @param identity its ids
	 * @return the event
	 */
	public static OrderCreated of(OrderRequest request, OrderIdentity identity) {
		return new OrderCreated(identity.messageId(), identity.orderId(), request.customerId(), request.totalAmount(),
				Instant.now().truncatedTo(ChronoUnit.MICROS), request.items());
	}

}

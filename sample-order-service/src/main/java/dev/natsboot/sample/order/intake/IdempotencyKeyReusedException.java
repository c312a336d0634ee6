package dev.natsboot.sample.order.intake;

/**
 * A client sent another order with an {@code Idempotency-Key} that it had used before.
 */
@SuppressWarnings("serial")
public class IdempotencyKeyReusedException extends RuntimeException {

	IdempotencyKeyReusedException(String orderId) {
		super("The Idempotency-Key belongs to order %s, which has another customer or amount".formatted(orderId));
	}

}

package dev.natsboot.sample.order.intake;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The two ids of an order. A client that repeats a request with the same
 * {@code Idempotency-Key} gets the same ones.
 *
 * @param orderId identifies the order
 * @param messageId identifies its event
 */
record OrderIdentity(String orderId, String messageId) {

	static OrderIdentity random() {
		return new OrderIdentity(UUID.randomUUID().toString(), UUID.randomUUID().toString());
	}

	static OrderIdentity of(String idempotencyKey) {
		return new OrderIdentity(derived("order", idempotencyKey), derived("message", idempotencyKey));
	}

	private static String derived(String purpose, String key) {
		return UUID.nameUUIDFromBytes((purpose + ":" + key).getBytes(StandardCharsets.UTF_8)).toString();
	}

}

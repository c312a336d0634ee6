package dev.natsboot.sample.order.intake;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The two ids of an order. A client that repeats a request with the same
 * {@code Idempotency-Key} gets the same ones.
 *
 * @param orderId identifies the order
 * @param messageId identifies its event
 */
record OrderIdentity(String orderId, String messageId) {

	static OrderIdentity random() {
		return new OrderIdentity(timeOrdered(), timeOrdered());
	}

	static OrderIdentity of(String idempotencyKey) {
		return new OrderIdentity(derived("order", idempotencyKey), derived("message", idempotencyKey));
	}

	/**
	 * Make a UUID of version 7, which begins with the time: what is new is side by side
	 * in every index, instead of all over it.
	 */
	private static String timeOrdered() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		long time = System.currentTimeMillis() << 16 | 0x7000 | random.nextInt(0x1000);
		return new UUID(time, random.nextLong() >>> 2 | Long.MIN_VALUE).toString();
	}

	private static String derived(String purpose, String key) {
		return UUID.nameUUIDFromBytes((purpose + ":" + key).getBytes(StandardCharsets.UTF_8)).toString();
	}

}

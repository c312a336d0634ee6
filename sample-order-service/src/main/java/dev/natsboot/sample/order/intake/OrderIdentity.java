package dev.natsboot.sample.order.intake;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/**
 * The two ids of an order. A client that repeats a request with the same
 * {@code Idempotency-Key} gets the same ones.
 *
 * @param orderId identifies the order
 * @param messageId identifies its event
 */
public record OrderIdentity(String orderId, String messageId) {

	/**
	 * Identify an order.
	 * @param idempotencyKey what the client calls its request, {@code null} if it has no
	 * name for it
	 * @return the same ids for the same key, new ones without
	 */
	public static OrderIdentity of(@Nullable String idempotencyKey) {
		return (idempotencyKey != null)
				? new OrderIdentity(derived("order", idempotencyKey), derived("message", idempotencyKey)) : random();
	}

	/**
	 * Identify one of many orders. Their ids are side by side in every index.
	 * @param idempotencyKey what the client calls its request, {@code null} if it has no
	 * name for it
	 * @param position the place of the order in the request
	 * @return the same ids for the same key and position, new ones without a key
	 */
	public static OrderIdentity of(@Nullable String idempotencyKey, int position) {
		if (idempotencyKey == null) {
			return random();
		}
		OrderIdentity request = of(idempotencyKey);
		return new OrderIdentity(request.orderId + "-" + position, request.messageId + "-" + position);
	}

	static OrderIdentity random() {
		return new OrderIdentity(timeOrdered(), timeOrdered());
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

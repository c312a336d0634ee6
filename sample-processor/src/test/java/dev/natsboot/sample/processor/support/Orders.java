package dev.natsboot.sample.processor.support;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.natsboot.sample.processor.event.OrderCreated;
import dev.natsboot.sample.processor.event.OrderItem;

/**
 * Makes orders for tests.
 */
public final class Orders {

	private Orders() {
	}

	public static String prefix() {
		return UUID.randomUUID().toString().substring(0, 8);
	}

	public static List<OrderCreated> of(String prefix, int number, OrderItem... items) {
		return IntStream.range(0, number)
			.mapToObj((i) -> new OrderCreated(prefix + "-m-" + i, prefix + "-o-" + i, BigDecimal.TEN, Instant.now(),
					List.of(items)))
			.toList();
	}

}

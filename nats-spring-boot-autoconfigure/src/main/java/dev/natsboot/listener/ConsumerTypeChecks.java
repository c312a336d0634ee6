package dev.natsboot.listener;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Refuses what doesn't go together with the type of an endpoint's consumer.
 */
final class ConsumerTypeChecks {

	private ConsumerTypeChecks() {
	}

	static void check(String id, ConsumerType type, @Nullable String stream, @Nullable String consumer, int concurrency,
			AckMode ackMode) {
		Assert.isTrue(type == ConsumerType.PULL || stream != null, () -> "Listener '" + id + "': 'consumerType' is '"
				+ type + "', but a consumer needs a stream: set 'stream', for example stream = \"ORDERS\"");
		if (type == ConsumerType.ORDERED) {
			ordered(id, consumer, concurrency, ackMode);
		}
		Assert.isTrue(type != ConsumerType.PUSH || ackMode != AckMode.NONE,
				() -> text(id, "ackMode", ackMode)
						+ " nothing would hold back a push consumer without acknowledgements: set ackMode = \"auto\","
						+ " or consumerType = \"pull\"");
	}

	/**
	 * One acknowledgement for many needs one who knows them all.
	 */
	static void ackAll(String id, boolean batch, ConsumerType type, @Nullable String consumer, int concurrency) {
		String text = "Listener '" + id + "': 'ackMode' is 'all', one acknowledgement for a batch, but ";
		Assert.isTrue(batch, () -> text + "the method takes one message at a time: let it take a List, for example "
				+ "void handle(List<Order> orders), or set ackMode = \"auto\"");
		Assert.isTrue(concurrency == 1, () -> text + "'concurrency' is " + concurrency
				+ ": batches are handled one after the other, set concurrency = \"1\"");
		Assert.isTrue(type == ConsumerType.PULL,
				() -> text + "'consumerType' is '" + type + "': set consumerType = \"pull\"");
		Assert.isTrue(consumer != null, () -> text + "'consumer' is empty: give this listener a durable consumer of "
				+ "its own, for example consumer = \"billing\"");
	}

	private static void ordered(String id, @Nullable String consumer, int concurrency, AckMode ackMode) {
		Assert.isTrue(consumer == null,
				() -> text(id, "consumer", consumer)
						+ " an ordered consumer is ephemeral and of one listener alone: remove 'consumer', or set"
						+ " consumerType = \"pull\"");
		Assert.isTrue(concurrency == 1, () -> text(id, "concurrency", concurrency)
				+ " an ordered consumer's messages are handled one after the other: set concurrency = \"1\"");
		Assert.isTrue(ackMode == AckMode.NONE, () -> text(id, "ackMode", ackMode)
				+ " an ordered consumer has no acknowledgements: remove 'ackMode', or set ackMode = \"none\"");
	}

	private static String text(String id, String attribute, @Nullable Object value) {
		return "Listener '" + id + "': '" + attribute + "' is '" + value + "', but";
	}

}

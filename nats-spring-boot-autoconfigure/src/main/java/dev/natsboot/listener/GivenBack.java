package dev.natsboot.listener;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.nats.client.Message;

/**
 * Remembers which messages were given back unhandled, and how often: the server counts
 * these deliveries too, but they are not attempts.
 */
final class GivenBack {

	private static final int MOST = 10_000;

	private final Map<Long, Integer> counts = new ConcurrentHashMap<>();

	long deliveries(Message message) {
		long delivered = message.metaData().deliveredCount();
		if (delivered == 1 || this.counts.isEmpty()) {
			return delivered;
		}
		return Math.max(1, delivered - this.counts.getOrDefault(message.metaData().streamSequence(), 0));
	}

	void remember(Message message) {
		if (this.counts.size() >= MOST) {
			this.counts.clear();
		}
		this.counts.merge(message.metaData().streamSequence(), 1, Integer::sum);
	}

	void forget(Message message) {
		if (!this.counts.isEmpty()) {
			this.counts.remove(message.metaData().streamSequence());
		}
	}

}

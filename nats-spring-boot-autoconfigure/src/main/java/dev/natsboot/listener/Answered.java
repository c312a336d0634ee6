package dev.natsboot.listener;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.nats.client.Message;

/**
 * What this container told the server about messages that will come again. Deliveries
 * that it gave back unhandled don't count; a delivery that it answered explains the next
 * one, and an unexplained one may be the trace of a crash. Messages that are never seen
 * again, because another instance handled them, are forgotten when there are too many.
 */
final class Answered {

	private static final int MOST = 10_000;

	private final Map<Long, Integer> givenBack = new ConcurrentHashMap<>();

	private final Map<Long, Long> last = new ConcurrentHashMap<>();

	/**
	 * How often a message was delivered, without those times.
	 */
	long deliveries(Delivery delivery) {
		long delivered = delivery.delivered();
		if (delivered == 1 || this.givenBack.isEmpty()) {
			return delivered;
		}
		return Math.max(1, delivered - this.givenBack.getOrDefault(delivery.sequence(), 0));
	}

	/**
	 * Whether the delivery before this one was answered here.
	 */
	boolean isExpected(Message message) {
		Long answered = this.last.get(message.metaData().streamSequence());
		return answered != null && answered == message.metaData().deliveredCount() - 1;
	}

	void givenBack(Message message) {
		if (this.givenBack.size() >= MOST) {
			this.givenBack.clear();
		}
		this.givenBack.merge(message.metaData().streamSequence(), 1, Integer::sum);
		retried(message);
	}

	void retried(Message message) {
		if (this.last.size() >= MOST) {
			this.last.clear();
		}
		this.last.put(message.metaData().streamSequence(), message.metaData().deliveredCount());
	}

	void forget(Message message) {
		if (!this.last.isEmpty()) {
			this.givenBack.remove(message.metaData().streamSequence());
			this.last.remove(message.metaData().streamSequence());
		}
	}

}

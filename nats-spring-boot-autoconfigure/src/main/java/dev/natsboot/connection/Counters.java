package dev.natsboot.connection;

import java.util.concurrent.atomic.AtomicLong;

import io.nats.client.Connection;
import io.nats.client.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * Counts over all connections of a manager, those that were replaced included.
 */
class Counters {

	private final AtomicLong connections = new AtomicLong();

	private final AtomicLong slowConsumers = new AtomicLong();

	private final AtomicLong discarded = new AtomicLong();

	private final AtomicLong droppedBefore = new AtomicLong();

	private final AtomicLong reconnectsBefore = new AtomicLong();

	void opened() {
		this.connections.incrementAndGet();
	}

	void slowConsumer() {
		this.slowConsumers.incrementAndGet();
	}

	long discarded() {
		return this.discarded.incrementAndGet();
	}

	void closed(Connection connection) {
		Statistics statistics = connection.getStatistics();
		this.droppedBefore.addAndGet(statistics.getDroppedCount());
		this.reconnectsBefore.addAndGet(statistics.getReconnects());
	}

	ConnectionCounts counts(@Nullable Connection current, int requests) {
		Statistics statistics = (current != null) ? current.getStatistics() : null;
		long dropped = this.droppedBefore.get() + ((statistics != null) ? statistics.getDroppedCount() : 0);
		long reconnects = this.reconnectsBefore.get() + ((statistics != null) ? statistics.getReconnects() : 0);
		return new ConnectionCounts(this.connections.get(), reconnects, this.slowConsumers.get(), dropped,
				this.discarded.get(), requests + ((statistics != null) ? statistics.getOutstandingRequests() : 0));
	}

}

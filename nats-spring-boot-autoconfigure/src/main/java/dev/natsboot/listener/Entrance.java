package dev.natsboot.listener;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The way of a delivery to the workers: past the gates that its endpoint has.
 */
final class Entrance {

	private static final int MOST_WAITING = 10_000;

	private final Workers workers;

	private final @Nullable Gate suspects;

	private final @Nullable KeyGate keys;

	private final Consumer<Delivery> first;

	Entrance(NatsListenerEndpoint endpoint, int maxDeliver, Predicate<Delivery> suspicion, Workers workers,
			ScheduledExecutorService timer) {
		this.workers = workers;
		this.suspects = (maxDeliver > 1) ? new SuspectGate(suspicion, timer, workers::offer) : null;
		Consumer<Delivery> inner = (this.suspects != null) ? this.suspects::enter : workers::offer;
		this.keys = (endpoint.orderBy() != null) ? new KeyGate(inner) : null;
		this.first = (this.keys != null) ? this.keys::enter : inner;
	}

	void enter(Delivery delivery) {
		this.first.accept(delivery);
	}

	void leave(Delivery delivery) {
		if (this.suspects != null) {
			this.suspects.leave(delivery);
		}
		if (this.keys != null) {
			this.keys.leave(delivery);
		}
	}

	/**
	 * How many wait for others of their key: no reason to ask for fewer messages of other
	 * keys, as long as they aren't too many to be kept.
	 */
	int waiting() {
		return (this.keys != null) ? Math.min(this.keys.waiting(), MOST_WAITING) : 0;
	}

	/**
	 * Take all that no worker has taken, at once: what a worker took came before it.
	 * @return the deliveries in the order of the stream
	 */
	List<Delivery> drain() {
		List<Delivery> waiting = new ArrayList<>();
		if (this.keys != null) {
			waiting.addAll(this.keys.drain());
		}
		if (this.suspects != null) {
			waiting.addAll(this.suspects.drain());
		}
		waiting.addAll(this.workers.drain());
		waiting.sort(Comparator.comparingLong(Delivery::sequence));
		return waiting;
	}

}

package dev.natsboot.listener;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The messages that were received and are not yet settled. The longer ones are kept
 * alive: the server would deliver them again while they are being handled.
 */
final class InFlight extends InFlightCount {

	private final Set<Delivery> deliveries = ConcurrentHashMap.newKeySet();

	/** Those whose handler has returned, and that somebody will settle by hand. */
	private final Set<Delivery> unsettled = ConcurrentHashMap.newKeySet();

	private volatile boolean abandoned;

	void add(Delivery delivery) {
		delivery.setNumber(increment());
		this.deliveries.add(delivery);
	}

	void remove(Delivery delivery) {
		if (this.deliveries.remove(delivery)) {
			if (!this.unsettled.isEmpty()) {
				this.unsettled.remove(delivery);
			}
			decrement();
		}
	}

	boolean contains(Delivery delivery) {
		return this.deliveries.contains(delivery);
	}

	/**
	 * The handler has returned without settling the message.
	 */
	void unsettled(Delivery delivery, int turn) {
		this.unsettled.add(delivery);
		if (delivery.isDecided(turn)) {
			this.unsettled.remove(delivery);
		}
		else if (this.abandoned) {
			remove(delivery);
		}
	}

	/**
	 * The handler will be called once more.
	 */
	void again(Delivery delivery) {
		this.unsettled.remove(delivery);
	}

	/**
	 * Whether the server has delivered the message anew, and that delivery is here. Looks
	 * at all: for what is given back only.
	 */
	boolean hasNewer(Delivery delivery) {
		long delivered = delivery.delivered();
		long sequence = delivery.sequence();
		return this.deliveries.stream()
			.anyMatch((other) -> other.delivered() > delivered && other.sequence() == sequence);
	}

	/**
	 * How many a thread is settling whose results came later.
	 */
	int settledBy(Thread thread) {
		return (int) this.deliveries.stream().filter((delivery) -> delivery.settler() == thread).count();
	}

	/**
	 * How many wait for their handler, or are in it.
	 */
	int busy() {
		return count() - this.unsettled.size();
	}

	/**
	 * How many were received before the given tick, and are not settled although their
	 * handler has returned.
	 */
	long forgotten(int tick) {
		return this.unsettled.stream().filter((delivery) -> delivery.tick() < tick).count();
	}

	/**
	 * Call the action for all that were received before the given tick.
	 */
	void forEachOlderThan(int tick, Consumer<Delivery> action) {
		for (Delivery delivery : this.deliveries) {
			if (delivery.tick() < tick && !delivery.isDecided()) {
				action.accept(delivery);
			}
		}
	}

	/**
	 * Wait no longer for results that are still to come, nor for somebody who settles by
	 * hand what a handler has left: the server will deliver it again.
	 */
	void abandon() {
		this.abandoned = true;
		this.deliveries.forEach(Delivery::abandon);
		this.unsettled.forEach(this::remove);
	}

}

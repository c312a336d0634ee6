package dev.natsboot.listener;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The messages that were received and are not yet settled. The longer ones are kept
 * alive: the server would deliver them again while they are being handled.
 */
final class InFlight {

	private final Set<Delivery> deliveries = ConcurrentHashMap.newKeySet();

	private final AtomicInteger count = new AtomicInteger();

	/** Those whose handler has returned, and that somebody will settle by hand. */
	private final Set<Delivery> unsettled = ConcurrentHashMap.newKeySet();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition fewer = this.lock.newCondition();

	private volatile boolean awaited;

	void add(Delivery delivery) {
		this.deliveries.add(delivery);
		this.count.incrementAndGet();
	}

	void remove(Delivery delivery) {
		if (this.deliveries.remove(delivery)) {
			if (!this.unsettled.isEmpty()) {
				this.unsettled.remove(delivery);
			}
			this.count.decrementAndGet();
			if (this.awaited) {
				signal();
			}
		}
	}

	int count() {
		return this.count.get();
	}

	/**
	 * The handler has returned without settling the message.
	 */
	void unsettled(Delivery delivery) {
		this.unsettled.add(delivery);
		if (!this.deliveries.contains(delivery)) {
			this.unsettled.remove(delivery);
		}
	}

	/**
	 * The handler will be called once more.
	 */
	void again(Delivery delivery) {
		this.unsettled.remove(delivery);
	}

	/**
	 * Whether a thread is handling one of them.
	 */
	boolean isHandledBy(Thread thread) {
		return this.deliveries.stream().anyMatch((delivery) -> delivery.handler() == thread);
	}

	/**
	 * How many wait for their handler, or are in it.
	 */
	int busy() {
		return this.count.get() - this.unsettled.size();
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
	 * Wait no longer for results that are still to come.
	 */
	void abandon() {
		this.deliveries.forEach(Delivery::abandon);
	}

	/**
	 * Wait until no more than some are left.
	 * @return whether that came true in time
	 */
	boolean await(int atMost, Duration timeout) throws InterruptedException {
		this.awaited = true;
		long nanos = timeout.toNanos();
		this.lock.lock();
		try {
			while (count() > atMost && nanos > 0) {
				nanos = this.fewer.awaitNanos(nanos);
			}
			return count() <= atMost;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void signal() {
		this.lock.lock();
		try {
			this.fewer.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

}

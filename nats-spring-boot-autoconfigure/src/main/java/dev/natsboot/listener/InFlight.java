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

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition fewer = this.lock.newCondition();

	private volatile boolean awaited;

	void add(Delivery delivery) {
		this.deliveries.add(delivery);
		this.count.incrementAndGet();
	}

	void remove(Delivery delivery) {
		if (this.deliveries.remove(delivery)) {
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

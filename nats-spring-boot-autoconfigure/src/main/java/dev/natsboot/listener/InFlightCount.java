package dev.natsboot.listener;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/**
 * How many messages were received and are not yet done with.
 */
class InFlightCount {

	private final AtomicInteger added = new AtomicInteger();

	private final AtomicInteger removed = new AtomicInteger();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition fewer = this.lock.newCondition();

	private volatile boolean awaited;

	/**
	 * Count one more.
	 * @return how many there have been so far
	 */
	int increment() {
		return this.added.incrementAndGet();
	}

	void decrement() {
		this.removed.incrementAndGet();
		if (this.awaited) {
			signal();
		}
	}

	/**
	 * How many there are; rather too many than too few while that changes.
	 */
	int count() {
		int gone = this.removed.get();
		return this.added.get() - gone;
	}

	/**
	 * Wait until no more than some are left.
	 * @param atMost how many, asked for whenever there is one less
	 * @return whether that came true in time
	 */
	boolean await(IntSupplier atMost, Duration timeout) throws InterruptedException {
		this.awaited = true;
		long nanos = timeout.toNanos();
		this.lock.lock();
		try {
			while (count() > atMost.getAsInt() && nanos > 0) {
				nanos = this.fewer.awaitNanos(nanos);
			}
			return count() <= atMost.getAsInt();
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

package dev.natsboot.core;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bounds how many messages are unconfirmed at a time. Who finds it full waits until a
 * part of it is free again: to be woken for each confirmation would cost more than the
 * message.
 */
final class PublishWindow {

	private final int size;

	private final int lowWater;

	private final AtomicInteger taken = new AtomicInteger();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition room = this.lock.newCondition();

	private volatile int waiting;

	PublishWindow(int size) {
		this.size = size;
		this.lowWater = size - Math.max(1, size / 8);
	}

	int size() {
		return this.size;
	}

	/**
	 * Take a place.
	 * @return {@code false} when none became free in time, or the thread was interrupted
	 */
	boolean enter(Duration timeout) {
		return tryEnter() || await(timeout.toNanos());
	}

	private boolean tryEnter() {
		for (int now = this.taken.get(); now < this.size; now = this.taken.get()) {
			if (this.taken.compareAndSet(now, now + 1)) {
				return true;
			}
		}
		return false;
	}

	private boolean await(long nanos) {
		this.lock.lock();
		this.waiting++;
		try {
			long left = nanos;
			boolean entered = false;
			while (!entered && left > 0) {
				while (this.taken.get() > this.lowWater && left > 0) {
					left = this.room.awaitNanos(left);
				}
				entered = tryEnter();
			}
			return entered;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		finally {
			this.waiting--;
			this.lock.unlock();
		}
	}

	void leave() {
		if (this.taken.decrementAndGet() <= this.lowWater && this.waiting > 0) {
			this.lock.lock();
			try {
				this.room.signalAll();
			}
			finally {
				this.lock.unlock();
			}
		}
	}

}

package dev.natsboot.core;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds how many messages are unconfirmed at a time. Whoever runs takes a free place
 * before those that wait, as handing each place to another thread costs more than the
 * message. When somebody has waited for half of its time, places go to those that wait
 * until it has one.
 */
final class PublishWindow {

	private final int size;

	private final Semaphore places;

	private final AtomicInteger impatient = new AtomicInteger();

	PublishWindow(int size) {
		this.size = size;
		this.places = new Semaphore(size, true);
	}

	int size() {
		return this.size;
	}

	/**
	 * Take a place, on an interrupted thread too where one is free.
	 * @return {@code false} when none was to be had in time, or the thread was
	 * interrupted
	 */
	boolean enter(Duration timeout) {
		if (!isInOrder() && this.places.tryAcquire()) {
			return true;
		}
		long half = timeout.toNanos() / 2;
		try {
			return this.places.tryAcquire(half, TimeUnit.NANOSECONDS) || enterInOrder(timeout.toNanos() - half);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private boolean enterInOrder(long nanos) throws InterruptedException {
		this.impatient.incrementAndGet();
		try {
			return this.places.tryAcquire(nanos, TimeUnit.NANOSECONDS);
		}
		finally {
			this.impatient.decrementAndGet();
		}
	}

	/**
	 * Whether places go to those that wait.
	 */
	boolean isInOrder() {
		return this.impatient.get() > 0;
	}

	void leave() {
		this.places.release();
	}

}

package dev.natsboot.core;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds how many messages are unconfirmed at a time.
 */
final class PublishWindow {

	private final int size;

	private final Semaphore places;

	PublishWindow(int size) {
		this.size = size;
		this.places = new Semaphore(size);
	}

	int size() {
		return this.size;
	}

	/**
	 * Take a place.
	 * @return {@code false} when none became free in time, or the thread was interrupted
	 */
	boolean enter(Duration timeout) {
		if (this.places.tryAcquire()) {
			return true;
		}
		try {
			return this.places.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	void leave() {
		this.places.release();
	}

}

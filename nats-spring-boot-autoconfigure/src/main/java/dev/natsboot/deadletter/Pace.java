package dev.natsboot.deadletter;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets something happen so many times a second, evenly.
 */
final class Pace {

	private final long interval;

	private final LongSupplier clock;

	private final Sleeper sleeper;

	private long next;

	private boolean begun;

	/**
	 * Create a pace.
	 * @param rate how often per second, 0 for no limit
	 * @param clock tells nanoseconds
	 * @param sleeper waits
	 */
	Pace(int rate, LongSupplier clock, Sleeper sleeper) {
		this.interval = (rate > 0) ? TimeUnit.SECONDS.toNanos(1) / rate : 0;
		this.clock = clock;
		this.sleeper = sleeper;
	}

	/**
	 * Wait until it is time for the next one. Who was late doesn't catch up.
	 */
	void await() throws InterruptedException {
		if (this.interval == 0) {
			return;
		}
		long now = this.clock.getAsLong();
		if (this.begun && this.next - now > 0) {
			this.sleeper.sleep(this.next - now);
			now = this.next;
		}
		this.begun = true;
		this.next = now + this.interval;
	}

	/**
	 * Waits.
	 */
	@FunctionalInterface
	interface Sleeper {

		void sleep(long nanos) throws InterruptedException;

	}

}

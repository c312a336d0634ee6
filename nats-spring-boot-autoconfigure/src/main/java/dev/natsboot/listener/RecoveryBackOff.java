package dev.natsboot.listener;

import java.time.Duration;

/**
 * Delays between attempts to recover: from a tenth of a second, doubling, to 15 seconds.
 * Failures that are further apart than a minute don't add up.
 */
final class RecoveryBackOff {

	private static final Duration FIRST = Duration.ofMillis(100);

	private static final Duration LONGEST = Duration.ofSeconds(15);

	private static final long FORGET_NANOS = Duration.ofMinutes(1).toNanos();

	private int attempts;

	private long last;

	Duration next() {
		long now = System.nanoTime();
		if (this.attempts > 0 && now - this.last > FORGET_NANOS) {
			reset();
		}
		this.last = now;
		Duration delay = FIRST.multipliedBy(1L << Math.min(this.attempts, 10));
		this.attempts++;
		return (delay.compareTo(LONGEST) < 0) ? delay : LONGEST;
	}

	int attempts() {
		return this.attempts;
	}

	void reset() {
		this.attempts = 0;
	}

}

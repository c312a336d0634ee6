package dev.natsboot.listener;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import dev.natsboot.core.Durations;

import org.springframework.util.Assert;

/**
 * How long a message waits before it is tried again. A list of delays, of which the last
 * one repeats, or grows by a factor up to a longest one; jitter spreads messages that
 * failed together.
 *
 * @param first the delays before the second, third … delivery; at least one
 * @param multiplier what each further delay is multiplied by, 1 or more; 1 repeats the
 * last one
 * @param max no delay is longer, before the jitter
 * @param jitter the largest random deviation as a part of the delay, from 0 (none) to 1
 */
public record RetryDelays(List<Duration> first, double multiplier, Duration max, double jitter) {

	/** What is the longest delay where nothing else is said. */
	public static final Duration DEFAULT_MAX = Duration.ofMinutes(5);

	/**
	 * Create delays.
	 * @param first the delays before the second, third … delivery; at least one
	 * @param multiplier what each further delay is multiplied by, 1 or more; 1 repeats
	 * the last one
	 * @param max no delay that the multiplier makes is longer
	 * @param jitter the largest random deviation as a part of the delay, from 0 (none) to
	 * 1
	 * @throws IllegalArgumentException when a value is out of its range
	 */
	public RetryDelays {
		Assert.isTrue(!first.isEmpty(), "'backoff' needs at least one delay, for example backoff = \"1s,5s,10s\"");
		first.forEach((delay) -> Assert.isTrue(!delay.isNegative(), () -> "'backoff' is '" + Durations.text(delay)
				+ "', but the time must be 0 or longer, for example backoff = \"1s,5s,10s\""));
		Assert.isTrue(multiplier >= 1 && Double.isFinite(multiplier), () -> "'backoffMultiplier' is '" + multiplier
				+ "', but 1 or more is possible, for example backoffMultiplier = \"2\"");
		Assert.isTrue(!max.isNegative() && !max.isZero(), () -> "'backoffMax' is '" + Durations.text(max)
				+ "', but the time must be longer than 0, for example backoffMax = \"1m\"");
		Assert.isTrue(jitter >= 0 && jitter <= 1, () -> "'backoffJitter' is '" + jitter
				+ "', but 0 to 1 is possible, for example backoffJitter = \"0.2\"");
		first = List.copyOf(first);
	}

	/**
	 * Delays of which the last one repeats.
	 * @param delays the delays before the second, third … delivery
	 * @return the delays
	 * @throws IllegalArgumentException when there is none, or one is negative
	 */
	public static RetryDelays of(List<Duration> delays) {
		return new RetryDelays(delays, 1, DEFAULT_MAX, 0);
	}

	/**
	 * The delay after a delivery that failed. With jitter each call gives another one.
	 * @param deliveries how often the message was delivered, at least 1
	 * @return the delay
	 */
	public Duration after(long deliveries) {
		Duration delay = planned(deliveries);
		if (this.jitter == 0) {
			return delay;
		}
		double factor = 1 + this.jitter * ThreadLocalRandom.current().nextDouble(-1, 1);
		return Duration.ofNanos((long) (delay.toNanos() * factor));
	}

	private Duration planned(long deliveries) {
		int last = this.first.size() - 1;
		if (deliveries - 1 <= last) {
			return this.first.get((int) deliveries - 1);
		}
		Duration delay = this.first.get(last);
		if (this.multiplier == 1 || delay.compareTo(this.max) >= 0) {
			return delay;
		}
		double nanos = delay.toNanos() * Math.pow(this.multiplier, deliveries - 1 - last);
		return Duration.ofNanos((long) Math.min(nanos, this.max.toNanos()));
	}

}

package dev.natsboot.listener;

import java.time.Duration;

/**
 * How many messages are asked for ahead of their handling: as many as the handler's own
 * pace finishes in a fraction of a second, and no more than the workers for a slow one.
 * What the server counts as delivered is then handled well within the ack wait, and
 * little is given back at a stop.
 */
final class ReadAhead {

	private static final long HORIZON_NANOS = Duration.ofMillis(200).toNanos();

	private final int least;

	private final int most;

	private final long horizonNanos;

	private volatile long averageNanos;

	ReadAhead(int least, int most, Duration ackWait) {
		this.least = Math.min(least, most);
		this.most = most;
		this.horizonNanos = Math.min(HORIZON_NANOS, ackWait.toNanos() / 4);
	}

	/**
	 * A handler took this long for one message. A race between two workers loses a
	 * measurement, which does no harm.
	 */
	void measured(long durationNanos) {
		long average = this.averageNanos;
		this.averageNanos = (average == 0) ? Math.max(1, durationNanos) : average + (durationNanos - average) / 8;
	}

	/**
	 * How many messages may be asked for, waiting or running at once.
	 */
	int target() {
		long average = this.averageNanos;
		if (average == 0) {
			return this.least;
		}
		long pace = this.least * this.horizonNanos / Math.max(1, average);
		return (int) Math.max(this.least, Math.min(this.most, pace));
	}

	/**
	 * How far the number may fall below the target before it is worth a request.
	 */
	static int slack(int target, int least) {
		return Math.max(1, (target - least) / 2);
	}

}

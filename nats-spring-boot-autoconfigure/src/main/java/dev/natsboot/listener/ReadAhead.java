package dev.natsboot.listener;

import java.time.Duration;

/**
 * How many messages are asked for ahead of their handling: as many as the handler's own
 * pace finishes in a fraction of a second, and no more than the workers for a slow one.
 * What the server counts as delivered is then handled well within the ack wait, and
 * little is given back at a stop. Large messages are bounded by their bytes, too.
 */
final class ReadAhead {

	private static final long HORIZON_NANOS = Duration.ofMillis(200).toNanos();

	private static final int MOST_BYTES = 16 * 1024 * 1024;

	private final int workers;

	private final int unit;

	private final int least;

	private final int most;

	private final long horizonNanos;

	private volatile long averageNanos;

	private volatile int averageBytes;

	/**
	 * Create a read-ahead.
	 * @param workers how many workers there are
	 * @param unit how many messages a worker takes at once
	 * @param most how many messages may be asked for at the most
	 * @param ackWait how long the server waits for an acknowledgement
	 */
	ReadAhead(int workers, int unit, int most, Duration ackWait) {
		this.workers = workers;
		this.unit = unit;
		this.least = Math.min(workers * unit, most);
		this.most = most;
		this.horizonNanos = Math.min(HORIZON_NANOS, ackWait.toNanos() / 4);
	}

	/**
	 * A handler took this long for one message. A race between two workers loses a
	 * measurement, which does no harm.
	 */
	void measured(long durationNanos) {
		long average = this.averageNanos;
		this.averageNanos = (average == 0) ? Math.max(1, durationNanos)
				: Math.max(1, average + (durationNanos - average) / 8);
	}

	/**
	 * A message of this size has come. Called on one thread.
	 */
	void received(int bytes) {
		int average = this.averageBytes;
		int changed = (average == 0) ? bytes : average + (bytes - average) / 8;
		if (changed != average) {
			this.averageBytes = changed;
		}
	}

	/**
	 * How many messages to ask for.
	 * @param taken how many were asked for, wait or are being handled
	 * @return the number, or 0 when it isn't worth a request: one message at a time for
	 * slow workers, half of what they take at once or of what is read ahead for others
	 */
	int missing(int taken) {
		int target = target();
		int worthwhile = Math.max(1, Math.max(Math.min(this.unit, this.least), target - this.least) / 2);
		int missing = target - taken;
		return (missing >= worthwhile) ? missing : 0;
	}

	/**
	 * How many messages may be asked for, waiting or running at once.
	 */
	int target() {
		long average = this.averageNanos;
		if (average == 0) {
			return this.least;
		}
		long pace = this.workers * this.horizonNanos / average;
		int most = Math.min(this.most, MOST_BYTES / Math.max(1, this.averageBytes));
		return (int) Math.max(this.least, Math.min(most, pace));
	}

}

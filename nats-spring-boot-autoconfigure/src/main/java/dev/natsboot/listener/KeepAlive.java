package dev.natsboot.listener;

import java.time.Duration;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Tells the server about messages that take long, and the log about those that nobody
 * settles. Counts ticks instead of looking at a clock for each message.
 */
final class KeepAlive {

	private static final Log logger = LogFactory.getLog(KeepAlive.class);

	private final String listener;

	private final InFlight inFlight;

	private final @Nullable AckFloor floor;

	private final Consumer<Delivery> inProgress;

	private final Duration interval;

	private final int ticksToKeepAlive;

	private final int ticksInAckWait;

	private volatile int tick;

	KeepAlive(String listener, InFlight inFlight, @Nullable AckFloor floor, Duration ackWait,
			Consumer<Delivery> inProgress) {
		this.listener = listener;
		this.inFlight = inFlight;
		this.floor = floor;
		this.inProgress = inProgress;
		this.interval = IntakePlan.tickInterval(ackWait);
		this.ticksToKeepAlive = (int) Math.max(1, ackWait.dividedBy(3).dividedBy(this.interval));
		this.ticksInAckWait = (int) Math.max(1, ackWait.dividedBy(this.interval));
	}

	/**
	 * How long from one tick to the next.
	 */
	Duration interval() {
		return this.interval;
	}

	/**
	 * The number of the current tick.
	 */
	int current() {
		return this.tick;
	}

	/**
	 * Called at the interval, by one thread at a time.
	 */
	void tick() {
		int now = this.tick + 1;
		this.tick = now;
		if (now % this.ticksToKeepAlive == 0) {
			this.inFlight.forEachOlderThan(now, this.inProgress);
			if (this.floor != null) {
				this.floor.forEachOlderThan(now, this.inProgress);
			}
		}
		if (now % this.ticksInAckWait == 0) {
			report(this.inFlight.forgotten(now - this.ticksInAckWait));
		}
	}

	/**
	 * What was forgotten keeps its place among the unacknowledged messages, and never
	 * comes again while this application runs.
	 */
	private void report(long forgotten) {
		if (forgotten > 0) {
			logger.warn("Listener '" + this.listener + "': " + forgotten + " messages have not been settled for "
					+ "longer than the ack wait, although their handler has returned. With ackMode = \"manual\" each "
					+ "message needs one call of its Acknowledgment, for example acknowledgment.acknowledge()");
		}
	}

}

package dev.natsboot.listener;

import java.time.Duration;
import java.util.function.BooleanSupplier;
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

	private final BooleanSupplier connected;

	private final Consumer<Delivery> inProgress;

	private final Duration interval;

	private final int ticksToKeepAlive;

	private final int ticksInAckWait;

	private volatile int tick;

	private boolean due;

	KeepAlive(String listener, InFlight inFlight, @Nullable AckFloor floor, Duration ackWait, BooleanSupplier connected,
			Consumer<Delivery> inProgress) {
		this.listener = listener;
		this.inFlight = inFlight;
		this.floor = floor;
		this.connected = connected;
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
	 * Called at the interval, by one thread at a time. While the server is away nothing
	 * can be kept alive: what were said would fill the client's queue, in which the
	 * messages of the application wait, and be told when it is out of date.
	 */
	void tick() {
		int now = this.tick + 1;
		this.tick = now;
		this.due |= now % this.ticksToKeepAlive == 0;
		if (this.due && this.connected.getAsBoolean()) {
			this.due = false;
			keepAlive(now);
		}
		if (now % this.ticksInAckWait == 0) {
			report(this.inFlight.forgotten(now - this.ticksInAckWait));
		}
	}

	private void keepAlive(int now) {
		this.inFlight.forEachOlderThan(now, this.inProgress);
		if (this.floor != null) {
			this.floor.forEachSettled(this.inProgress);
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

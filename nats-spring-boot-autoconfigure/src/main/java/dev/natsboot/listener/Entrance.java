package dev.natsboot.listener;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The way of a delivery to the workers: past the gates that its endpoint has.
 */
final class Entrance {

	private final Workers workers;

	private final Consumer<Delivery> giveBack;

	private final @Nullable SuspectGate suspects;

	private final @Nullable KeyGate keys;

	private volatile boolean closed;

	/**
	 * Create an entrance.
	 * @param giveBack takes what comes too late to be handled
	 */
	Entrance(NatsListenerEndpoint endpoint, int maxDeliver, Predicate<Delivery> suspicion, Workers workers,
			Consumer<Delivery> giveBack, ScheduledExecutorService timer) {
		this.workers = workers;
		this.giveBack = giveBack;
		this.suspects = (maxDeliver > 1) ? new SuspectGate(suspicion, timer, this::offer) : null;
		this.keys = (endpoint.orderBy() != null) ? new KeyGate(this::pass, giveBack) : null;
	}

	void enter(Delivery delivery) {
		if (this.keys != null) {
			this.keys.enter(delivery);
		}
		else {
			pass(delivery);
		}
	}

	private void pass(Delivery delivery) {
		if (this.suspects != null && !this.closed) {
			this.suspects.enter(delivery);
		}
		else {
			offer(delivery);
		}
	}

	/**
	 * Hand over what is past the gates. The end may come in between, and the workers'
	 * queue have been drained before.
	 */
	void offer(Delivery delivery) {
		if (this.closed) {
			this.giveBack.accept(delivery);
			return;
		}
		this.workers.offer(delivery);
		if (this.closed && this.workers.withdraw(delivery)) {
			this.giveBack.accept(delivery);
		}
	}

	void leave(Delivery delivery) {
		if (this.suspects != null) {
			this.suspects.leave(delivery);
		}
		if (this.keys != null) {
			this.keys.leave(delivery);
		}
	}

	/**
	 * How many wait for others of their key.
	 */
	int waiting() {
		return (this.keys != null) ? this.keys.waiting() : 0;
	}

	/**
	 * Let nothing pass any more. What waits for another of its key is given back after
	 * it.
	 */
	void close() {
		this.closed = true;
		if (this.keys != null) {
			this.keys.close();
		}
	}

	/**
	 * Take what has passed, but no worker has taken: what a worker took came before it.
	 * @return the deliveries in the order of the stream
	 */
	List<Delivery> drain() {
		List<Delivery> waiting = this.workers.drain();
		if (this.suspects != null) {
			waiting.addAll(this.suspects.drain());
		}
		waiting.sort(Comparator.comparingLong(Delivery::sequence));
		return waiting;
	}

}

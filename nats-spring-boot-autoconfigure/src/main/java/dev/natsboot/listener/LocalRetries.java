package dev.natsboot.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Deliveries that wait in the container for their next attempt, and keep their place in
 * the order meanwhile.
 */
final class LocalRetries {

	private final Set<Delivery> waiting = ConcurrentHashMap.newKeySet();

	private final ScheduledExecutorService timer;

	private final Consumer<Delivery> next;

	private volatile boolean closed;

	LocalRetries(ScheduledExecutorService timer, Consumer<Delivery> next) {
		this.timer = timer;
		this.next = next;
	}

	/**
	 * Wait.
	 * @return whether that is possible
	 */
	boolean add(Delivery delivery, Duration delay) {
		this.waiting.add(delivery);
		if (this.closed && this.waiting.remove(delivery)) {
			return false;
		}
		this.timer.schedule(() -> end(delivery), delay.toNanos(), TimeUnit.NANOSECONDS);
		return true;
	}

	private void end(Delivery delivery) {
		if (this.waiting.remove(delivery)) {
			this.next.accept(delivery);
		}
	}

	/**
	 * Let none wait any longer.
	 * @return those that waited
	 */
	List<Delivery> close() {
		this.closed = true;
		List<Delivery> left = new ArrayList<>();
		for (Delivery delivery : this.waiting) {
			if (this.waiting.remove(delivery)) {
				left.add(delivery);
			}
		}
		return left;
	}

}

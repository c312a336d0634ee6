package dev.natsboot.listener;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Lets one delivery of each key pass at a time, in the order in which they came.
 * <p>
 * Once closed it lets none of those pass that wait, and gives them back when the one
 * before them has left: what fails meanwhile comes again before them.
 */
final class KeyGate {

	private final Map<String, Lane> lanes = new HashMap<>();

	private final ReentrantLock lock = new ReentrantLock();

	private final Consumer<Delivery> next;

	private final Consumer<Delivery> giveBack;

	private volatile int waiting;

	private volatile boolean closed;

	KeyGate(Consumer<Delivery> next, Consumer<Delivery> giveBack) {
		this.next = next;
		this.giveBack = giveBack;
	}

	/**
	 * Let the delivery pass, now or later.
	 */
	void enter(Delivery delivery) {
		String key = delivery.key();
		if (key == null || isFree(key, delivery)) {
			this.next.accept(delivery);
		}
	}

	private boolean isFree(String key, Delivery delivery) {
		this.lock.lock();
		try {
			Lane lane = this.lanes.putIfAbsent(key, new Lane(delivery));
			if (lane != null) {
				lane.waiting.add(delivery);
				this.waiting++;
			}
			return lane == null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The delivery is completed. What never was let pass may leave too.
	 */
	void leave(Delivery delivery) {
		if (this.closed) {
			for (Delivery left = poll(delivery, false); left != null; left = poll(delivery, false)) {
				this.giveBack.accept(left);
			}
			return;
		}
		Delivery following = poll(delivery, true);
		if (following != null) {
			this.next.accept(following);
		}
	}

	/**
	 * Take what waits behind a delivery that was let pass.
	 * @param pass whether it passes, and others wait for it from now on
	 */
	private @Nullable Delivery poll(Delivery head, boolean pass) {
		String key = head.key();
		this.lock.lock();
		try {
			Lane lane = (key != null) ? this.lanes.get(key) : null;
			if (lane == null || lane.head != head) {
				return null;
			}
			Delivery following = lane.waiting.poll();
			if (following == null) {
				this.lanes.remove(key);
				return null;
			}
			this.waiting--;
			lane.head = pass ? following : head;
			return following;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * How many wait.
	 */
	int waiting() {
		return this.waiting;
	}

	void close() {
		this.closed = true;
	}

	/**
	 * The delivery of a key that is through, and those behind it.
	 */
	private static final class Lane {

		private final Deque<Delivery> waiting = new ArrayDeque<>();

		private Delivery head;

		private Lane(Delivery head) {
			this.head = head;
		}

	}

}

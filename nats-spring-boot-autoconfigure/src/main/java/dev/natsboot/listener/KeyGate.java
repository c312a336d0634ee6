package dev.natsboot.listener;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Lets one delivery of each key pass at a time, in the order in which they came.
 */
final class KeyGate implements Gate {

	/** What waits for each key of which one delivery is through. */
	private final Map<String, Deque<Delivery>> lanes = new HashMap<>();

	private final ReentrantLock lock = new ReentrantLock();

	private final Consumer<Delivery> next;

	private volatile int waiting;

	KeyGate(Consumer<Delivery> next) {
		this.next = next;
	}

	@Override
	public void enter(Delivery delivery) {
		String key = delivery.key();
		if (key == null || isFree(key, delivery)) {
			this.next.accept(delivery);
		}
	}

	private boolean isFree(String key, Delivery delivery) {
		this.lock.lock();
		try {
			Deque<Delivery> lane = this.lanes.putIfAbsent(key, new ArrayDeque<>());
			if (lane != null) {
				lane.add(delivery);
				this.waiting++;
			}
			return lane == null;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void leave(Delivery delivery) {
		String key = delivery.key();
		Delivery following = (key != null) ? following(key) : null;
		if (following != null) {
			this.next.accept(following);
		}
	}

	private @Nullable Delivery following(String key) {
		this.lock.lock();
		try {
			Deque<Delivery> lane = this.lanes.get(key);
			Delivery following = (lane != null) ? lane.poll() : null;
			if (following == null) {
				this.lanes.remove(key);
			}
			else {
				this.waiting--;
			}
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

	@Override
	public List<Delivery> drain() {
		this.lock.lock();
		try {
			List<Delivery> drained = new ArrayList<>();
			this.lanes.values().forEach((lane) -> {
				drained.addAll(lane);
				lane.clear();
			});
			this.waiting = 0;
			return drained;
		}
		finally {
			this.lock.unlock();
		}
	}

}

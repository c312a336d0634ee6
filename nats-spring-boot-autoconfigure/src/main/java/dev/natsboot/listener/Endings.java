package dev.natsboot.listener;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a container has let go of and nobody has seen the end of. Every stop waits for all
 * of that, whoever let go of it.
 */
final class Endings {

	/** With the threads that let go. */
	private final Map<Ending, Thread> open = new ConcurrentHashMap<>();

	void add(Ending ending, Thread caller) {
		this.open.keySet().removeIf(Ending::isOver);
		this.open.put(ending, caller);
	}

	/**
	 * Wait for the end. A handler waits only for what it has let go of itself: others
	 * that stop the same container would wait for that handler.
	 * @return whether there was something to wait for, or the caller is no handler
	 */
	boolean await(Duration timeout, Thread caller) {
		boolean handler = this.open.keySet().stream().anyMatch((ending) -> ending.isHandledBy(caller));
		boolean waited = !handler;
		for (Map.Entry<Ending, Thread> each : this.open.entrySet()) {
			if (!handler || each.getValue() == caller) {
				await(each.getKey(), timeout, caller);
				waited = true;
			}
		}
		return waited;
	}

	/**
	 * What a handler let go of ends when that handler has returned.
	 */
	private void await(Ending ending, Duration timeout, Thread caller) {
		ending.await(timeout, caller);
		if (!ending.isHandledBy(caller)) {
			this.open.remove(ending);
		}
	}

}

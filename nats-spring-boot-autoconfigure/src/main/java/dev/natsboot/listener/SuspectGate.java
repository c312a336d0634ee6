package dev.natsboot.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Handles messages one at a time that nobody answered again and again: one of them may
 * have killed the process, and with it the deliveries of those that waited beside it.
 * <p>
 * Those at their last delivery but one go in the order of the stream, those at their last
 * in the opposite order: whatever stands beside the culprit is handled before it in one
 * of the two, and only the culprit is left to become a dead letter.
 */
final class SuspectGate {

	/** How long suspects gather before the first one is handled. */
	private static final Duration GATHERING = Duration.ofMillis(250);

	private static final Comparator<Delivery> ORDER = Comparator.comparing(Delivery::isLast)
		.reversed()
		.thenComparing((delivery) -> delivery.isLast() ? -delivery.sequence() : delivery.sequence())
		.thenComparingInt(System::identityHashCode);

	private final TreeSet<Delivery> waiting = new TreeSet<>(ORDER);

	private final ReentrantLock lock = new ReentrantLock();

	private final Predicate<Delivery> suspicion;

	private final ScheduledExecutorService timer;

	private final Consumer<Delivery> next;

	private boolean gathering;

	private volatile @Nullable Delivery current;

	SuspectGate(Predicate<Delivery> suspicion, ScheduledExecutorService timer, Consumer<Delivery> next) {
		this.suspicion = suspicion;
		this.timer = timer;
		this.next = next;
	}

	/**
	 * Let the delivery pass, now or later.
	 */
	void enter(Delivery delivery) {
		if (!this.suspicion.test(delivery)) {
			this.next.accept(delivery);
			return;
		}
		this.lock.lock();
		try {
			this.waiting.add(delivery);
			if (!this.gathering && this.current == null) {
				this.gathering = true;
				this.timer.schedule(this::gathered, GATHERING.toMillis(), TimeUnit.MILLISECONDS);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void gathered() {
		pass(null);
	}

	/**
	 * The delivery is completed.
	 */
	void leave(Delivery delivery) {
		pass(delivery);
	}

	/**
	 * Let the next one pass when nobody is through, or the given one was.
	 */
	private void pass(@Nullable Delivery left) {
		Delivery following = (this.current == left) ? following(left) : null;
		if (following != null) {
			this.next.accept(following);
		}
	}

	private @Nullable Delivery following(@Nullable Delivery left) {
		this.lock.lock();
		try {
			if (this.current != left) {
				return null;
			}
			this.gathering = false;
			this.current = this.waiting.pollFirst();
			return this.current;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Give up what waits.
	 */
	List<Delivery> drain() {
		this.lock.lock();
		try {
			List<Delivery> drained = new ArrayList<>(this.waiting);
			this.waiting.clear();
			return drained;
		}
		finally {
			this.lock.unlock();
		}
	}

}

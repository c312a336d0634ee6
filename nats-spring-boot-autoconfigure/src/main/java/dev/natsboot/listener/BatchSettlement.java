package dev.natsboot.listener;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Settles every message of a batch on its own, and lets the settlement tell the server
 * once.
 */
final class BatchSettlement implements BatchAcknowledgment {

	private static final Duration COME_AGAIN = Duration.ofSeconds(1);

	private final List<Delivery> deliveries;

	private final Settlement settlement;

	/** How often each was tried before, by which one is known that is tried again. */
	private final int[] attempts;

	private final Map<Integer, Throwable> failures = new ConcurrentHashMap<>();

	BatchSettlement(List<Delivery> deliveries, Settlement settlement) {
		this.deliveries = deliveries;
		this.settlement = settlement;
		this.attempts = deliveries.stream().mapToInt(Delivery::attempts).toArray();
	}

	List<Delivery> deliveries() {
		return this.deliveries;
	}

	@Override
	public int size() {
		return this.deliveries.size();
	}

	boolean contains(Set<Integer> indexes) {
		return indexes.stream().allMatch((index) -> index >= 0 && index < size());
	}

	@Override
	public Acknowledgment get(int index) {
		return this.deliveries.get(index).acknowledgment();
	}

	@Override
	public void fail(int index, Throwable cause) {
		this.deliveries.get(index);
		this.failures.put(index, cause);
	}

	/**
	 * Single messages failed.
	 * @param some why, by their places in the list
	 */
	void fail(Map<Integer, Throwable> some) {
		this.failures.putAll(some);
	}

	boolean isFailed(int index) {
		return this.failures.containsKey(index);
	}

	/**
	 * Whether the handler has given it back, and it waits here to be tried again.
	 */
	private boolean isGivenBack(int index) {
		return this.deliveries.get(index).attempts() != this.attempts[index];
	}

	/**
	 * Settle what the handler left open.
	 * @param all why all others than the failed ones failed too, or {@code null} when
	 * they succeeded
	 */
	void settle(@Nullable Throwable all, long durationNanos) {
		settleEach(all, (delivery) -> this.settlement.succeeded(delivery, durationNanos), durationNanos);
	}

	/**
	 * Settle the failed ones. The others were not handled either: they come again, and it
	 * doesn't count.
	 */
	void undo(long durationNanos) {
		settleEach(null, (delivery) -> this.settlement.postponed(delivery, COME_AGAIN), durationNanos);
	}

	private void settleEach(@Nullable Throwable all, Consumer<Delivery> unfailed, long durationNanos) {
		for (int i = 0; i < this.deliveries.size(); i++) {
			if (!isGivenBack(i)) {
				Throwable cause = this.failures.isEmpty() ? all : this.failures.getOrDefault(i, all);
				settle(this.deliveries.get(i), cause, unfailed, durationNanos);
			}
		}
		this.settlement.flush();
	}

	private void settle(Delivery delivery, @Nullable Throwable cause, Consumer<Delivery> unfailed, long durationNanos) {
		if (cause == null) {
			unfailed.accept(delivery);
		}
		else if (!delivery.isDecided()) {
			this.settlement.failed(delivery, cause, durationNanos);
		}
	}

}

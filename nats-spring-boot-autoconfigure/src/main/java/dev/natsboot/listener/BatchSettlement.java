package dev.natsboot.listener;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

import org.jspecify.annotations.Nullable;

/**
 * Settles every message of a batch on its own, and lets the settlement tell the server
 * once.
 */
final class BatchSettlement implements BatchAcknowledgment {

	private static final Duration COME_AGAIN = Duration.ofSeconds(1);

	private final List<Delivery> deliveries;

	private final Settlement settlement;

	/** The call of the handler for each. */
	private final int[] turns;

	private final Map<Integer, Throwable> failures = new ConcurrentHashMap<>();

	BatchSettlement(List<Delivery> deliveries, Settlement settlement) {
		this.deliveries = deliveries;
		this.settlement = settlement;
		this.turns = deliveries.stream().mapToInt(Delivery::turn).toArray();
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
		return this.deliveries.get(index).acknowledgment(this.turns[index]);
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
	 * Whether the handler has settled it, also where it waits here to be tried again.
	 */
	boolean isDecided(int index) {
		return this.deliveries.get(index).isDecided(this.turns[index]);
	}

	/**
	 * Settle what the handler left open.
	 * @param all why all others than the failed ones failed too, or {@code null} when
	 * they succeeded
	 */
	void settle(@Nullable Throwable all, long durationNanos) {
		settleEach(all,
				(index) -> this.settlement.succeeded(this.deliveries.get(index), this.turns[index], durationNanos),
				durationNanos);
	}

	/**
	 * Settle the failed ones. The others were not handled either: they come again, and it
	 * doesn't count.
	 */
	void undo(long durationNanos) {
		settleEach(null, (index) -> this.settlement.postponed(this.deliveries.get(index), COME_AGAIN), durationNanos);
	}

	private void settleEach(@Nullable Throwable all, IntConsumer unfailed, long durationNanos) {
		for (int i = 0; i < this.deliveries.size(); i++) {
			if (!isDecided(i)) {
				Throwable cause = this.failures.isEmpty() ? all : this.failures.getOrDefault(i, all);
				settle(i, cause, unfailed, durationNanos);
			}
		}
		this.settlement.flush();
	}

	private void settle(int index, @Nullable Throwable cause, IntConsumer unfailed, long durationNanos) {
		if (cause == null) {
			unfailed.accept(index);
		}
		else {
			this.settlement.failed(this.deliveries.get(index), this.turns[index], cause, durationNanos);
		}
	}

}

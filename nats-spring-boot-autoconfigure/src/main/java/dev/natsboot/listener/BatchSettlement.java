package dev.natsboot.listener;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * Settles every message of a batch on its own, and lets the settlement tell the server
 * once.
 */
final class BatchSettlement implements BatchAcknowledgment {

	private static final Duration COME_AGAIN = Duration.ofSeconds(1);

	private final List<Delivery> deliveries;

	private final Settlement settlement;

	private final Map<Integer, Throwable> failures = new ConcurrentHashMap<>();

	BatchSettlement(List<Delivery> deliveries, Settlement settlement) {
		this.deliveries = deliveries;
		this.settlement = settlement;
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
	 * Those that didn't fail were not handled either: they come again, and it doesn't
	 * count.
	 */
	void postponeOthers() {
		IntStream.range(0, size())
			.filter((index) -> !isFailed(index))
			.forEach((index) -> this.settlement.postponed(this.deliveries.get(index), COME_AGAIN));
	}

	/**
	 * Settle what the handler left open.
	 * @param all why all others than the failed ones failed too, or {@code null} when
	 * they succeeded
	 */
	void settle(@Nullable Throwable all, long durationNanos) {
		for (int i = 0; i < this.deliveries.size(); i++) {
			Throwable cause = this.failures.isEmpty() ? all : this.failures.getOrDefault(i, all);
			if (cause == null) {
				this.settlement.succeeded(this.deliveries.get(i), durationNanos);
			}
			else if (!this.deliveries.get(i).isDecided()) {
				this.settlement.failed(this.deliveries.get(i), cause, durationNanos);
			}
		}
		this.settlement.flush();
	}

}

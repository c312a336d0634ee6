package dev.natsboot.casestudy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

import org.jspecify.annotations.Nullable;

/**
 * How long orders took from the moment when they were due to be sent until the stream had
 * stored the result of their payment.
 */
final class Timing {

	private static final double NANOS_PER_MILLI = 1_000_000;

	private final double[] latencies;

	private final double seconds;

	private final double tailMillis;

	private Timing(double[] latencies, double seconds, double tailMillis) {
		this.latencies = latencies;
		this.seconds = seconds;
		this.tailMillis = tailMillis;
	}

	/**
	 * Compare when orders were due and when their payments were stored.
	 * @param due when each was due, by the id of the order
	 * @param payments the stream of payments, of which the first about each order counts
	 * @return the times of the orders that have a payment
	 */
	static Timing of(Map<String, Instant> due, List<StreamEvent> payments) {
		Map<String, Instant> settled = new HashMap<>();
		payments.forEach((event) -> settled.putIfAbsent(event.orderId(), event.timestamp()));
		settled.keySet().retainAll(due.keySet());
		double[] latencies = due.entrySet()
			.stream()
			.flatMapToDouble((order) -> latency(order.getValue(), settled.get(order.getKey())))
			.sorted()
			.toArray();
		if (settled.isEmpty()) {
			return new Timing(latencies, 0, 0);
		}
		Instant end = Collections.max(settled.values());
		return new Timing(latencies, millis(Collections.min(due.values()), end) / 1000,
				millis(Collections.max(due.values()), end));
	}

	private static DoubleStream latency(Instant accepted, @Nullable Instant settled) {
		return (settled != null) ? DoubleStream.of(millis(accepted, settled)) : DoubleStream.empty();
	}

	private static double millis(Instant from, Instant to) {
		return Duration.between(from, to).toNanos() / NANOS_PER_MILLI;
	}

	/**
	 * Return how many orders have a payment.
	 * @return the number of orders
	 */
	int orders() {
		return this.latencies.length;
	}

	/**
	 * Return how long after the last order was due the last payment was stored.
	 * @return the milliseconds, 0 if there is none
	 */
	double tailMillis() {
		return this.tailMillis;
	}

	/**
	 * Return how many orders were settled per second, from the first order to the last
	 * payment.
	 * @return the orders per second, 0 if none was settled
	 */
	double ordersPerSecond() {
		return (this.seconds > 0) ? this.latencies.length / this.seconds : 0;
	}

	/**
	 * Return the average time from an order to its payment.
	 * @return the milliseconds, 0 if none was settled
	 */
	double averageMillis() {
		return Arrays.stream(this.latencies).average().orElse(0);
	}

	/**
	 * Return the time within which a share of the payments came.
	 * @param share the share, such as 0.99
	 * @return the milliseconds by the nearest-rank method, 0 if none was settled
	 */
	double percentileMillis(double share) {
		if (this.latencies.length == 0) {
			return 0;
		}
		int rank = (int) Math.ceil(share * this.latencies.length);
		return this.latencies[Math.max(rank, 1) - 1];
	}

}

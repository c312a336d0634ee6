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
 * How long payments took, by the time stamps with which the streams stored the messages.
 */
final class Timing {

	private static final double NANOS_PER_MILLI = 1_000_000;

	private final double[] latencies;

	private final double seconds;

	private Timing(double[] latencies, double seconds) {
		this.latencies = latencies;
		this.seconds = seconds;
	}

	static Timing of(List<StreamEvent> orders, List<StreamEvent> payments) {
		Map<String, Instant> accepted = firsts(orders);
		Map<String, Instant> settled = firsts(payments);
		settled.keySet().retainAll(accepted.keySet());
		double[] latencies = accepted.entrySet()
			.stream()
			.flatMapToDouble((order) -> latency(order.getValue(), settled.get(order.getKey())))
			.sorted()
			.toArray();
		double seconds = settled.isEmpty() ? 0
				: millis(Collections.min(accepted.values()), Collections.max(settled.values())) / 1000;
		return new Timing(latencies, seconds);
	}

	private static Map<String, Instant> firsts(List<StreamEvent> events) {
		Map<String, Instant> firsts = new HashMap<>();
		events.forEach((event) -> firsts.putIfAbsent(event.orderId(), event.timestamp()));
		firsts.remove("");
		return firsts;
	}

	private static DoubleStream latency(Instant accepted, @Nullable Instant settled) {
		return (settled != null) ? DoubleStream.of(millis(accepted, settled)) : DoubleStream.empty();
	}

	private static double millis(Instant from, Instant to) {
		return Duration.between(from, to).toNanos() / NANOS_PER_MILLI;
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

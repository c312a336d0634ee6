package dev.natsboot.casestudy;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * What came of sending orders at a rate.
 *
 * @param rate how many were sent per second
 * @param seconds for how long
 * @param ordersPerSecond how many were settled per second, from the first order to the
 * last payment
 * @param latencyAvgMs the average milliseconds from when an order was due to be sent to
 * the result of its payment
 * @param latencyP50Ms the median
 * @param latencyP99Ms the 99th percentile
 * @param latencyMaxMs the worst
 * @param tailMs how many milliseconds after the last order was due the last payment was
 * settled, whichever order's it is
 * @param unsettled how many orders have no result
 * @param backlog what consumers had before them when the last order had been sent
 * @param caughtUpMs how many milliseconds later there was nothing left to do
 * @param cpuMicrosPerOrder the processor time of each part of the system
 */
record Load(int rate, double seconds, double ordersPerSecond, double latencyAvgMs, double latencyP50Ms,
		double latencyP99Ms, double latencyMaxMs, double tailMs, int unsettled, Map<String, Long> backlog,
		long caughtUpMs, Map<String, Double> cpuMicrosPerOrder) {

	private static final double MAX_AVERAGE_MS = 450;

	private static final double MAX_TAIL_MS = 1000;

	static Load of(int rate, int orders, Timing timing, Map<String, Long> backlog, long caughtUpMs,
			Map<String, Double> cpuMicrosPerOrder) {
		return new Load(rate, Figures.rounded((double) orders / rate), Figures.rounded(timing.ordersPerSecond()),
				Figures.rounded(timing.averageMillis()), Figures.rounded(timing.percentileMillis(0.5)),
				Figures.rounded(timing.percentileMillis(0.99)), Figures.rounded(timing.percentileMillis(1)),
				Figures.rounded(timing.tailMillis()), orders - timing.orders(), backlog, caughtUpMs, cpuMicrosPerOrder);
	}

	/**
	 * Return whether the system kept up: every order has a result, the last result came
	 * at most a second after the last order was due, and the average is below 0.45 s.
	 * @return {@code true} if the rate is sustained
	 */
	@JsonIgnore
	boolean isHeld() {
		return this.unsettled == 0 && this.latencyAvgMs < MAX_AVERAGE_MS && this.tailMs <= MAX_TAIL_MS;
	}

}

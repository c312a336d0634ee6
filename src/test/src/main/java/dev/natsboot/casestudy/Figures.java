package dev.natsboot.casestudy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run. The components are the keys of the report.
 *
 * @param orders how many orders were to be sent
 * @param accepted how many were accepted
 * @param paid how many are paid
 * @param paymentFailed how many payments were declined
 * @param duplicateCharges how many orders were charged more than once
 * @param lost how many accepted orders have no result
 * @param deadLettered how many messages are dead letters
 * @param ordersPerSecond settled orders per second
 * @param latencyAvgMs the average milliseconds from acceptance to payment result
 * @param latencyP50Ms the median
 * @param latencyP99Ms the 99th percentile
 * @param recovery what an outage of the payment gateway did, {@code null} without one
 * @param contradictory about how many orders the sources disagree; not in the report
 */
@JsonPropertyOrder({ "orders", "accepted", "paid", "paymentFailed", "duplicateCharges", "lost", "deadLettered",
		"ordersPerSecond", "latencyAvgMs", "latencyP50Ms", "latencyP99Ms" })
record Figures(int orders, int accepted, int paid, int paymentFailed, int duplicateCharges, int lost, int deadLettered,
		double ordersPerSecond, double latencyAvgMs, double latencyP50Ms, double latencyP99Ms,
		@JsonUnwrapped @JsonInclude(JsonInclude.Include.NON_NULL) GatewayOutage.@Nullable Recovery recovery,
		@JsonIgnore int contradictory) {

	static Figures of(int orders, Evidence evidence, GatewayOutage.@Nullable Recovery recovery) {
		Verdict verdict = new Verdict(evidence);
		Timing timing = Timing.of(evidence.orderEvents(), evidence.paymentEvents());
		return new Figures(orders, verdict.accepted().size(), verdict.paid().size(), verdict.paymentFailed().size(),
				verdict.chargedTwice().size(), verdict.lost().size(), evidence.deadLetters().size(),
				rounded(timing.ordersPerSecond()), rounded(timing.averageMillis()),
				rounded(timing.percentileMillis(0.5)), rounded(timing.percentileMillis(0.99)), recovery,
				verdict.contradictory().size());
	}

	private static double rounded(double value) {
		return Math.round(value * 10) / 10.0;
	}

	/**
	 * Return whether every order was accepted and settled once.
	 * @return {@code true} if nothing is wrong
	 */
	@JsonIgnore
	boolean isGood() {
		return this.accepted == this.orders && this.lost == 0 && this.duplicateCharges == 0 && this.contradictory == 0;
	}

}

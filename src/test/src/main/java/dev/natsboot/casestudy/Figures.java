package dev.natsboot.casestudy;

import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run. The components are the keys of the report.
 *
 * @param variant how much of the system ran
 * @param orders how many orders were to be sent, without those of the warm-up
 * @param accepted how many were accepted
 * @param paid how many are paid
 * @param paymentFailed how many payments were declined
 * @param duplicateCharges how many orders were charged more than once, of the warm-up,
 * too
 * @param lost how many accepted orders have no result, of the warm-up, too
 * @param deadLettered how many messages are dead letters
 * @param load what came of the rate; with several the highest that was held
 * @param warmUpOrders how many orders were sent before, while the Java processes warmed
 * up
 * @param database where the applications kept their data
 * @param steps every rate that was tried, empty if there was one only
 * @param recovery what an outage of the payment gateway did, {@code null} without one
 * @param contradictory about how many orders the sources disagree; not in the report
 */
@JsonPropertyOrder({ "variant", "orders", "accepted", "paid", "paymentFailed", "duplicateCharges", "lost",
		"deadLettered" })
record Figures(Variant variant, int orders, int accepted, int paid, int paymentFailed, int duplicateCharges, int lost,
		int deadLettered, @JsonUnwrapped Load load, int warmUpOrders, String database,
		@JsonInclude(JsonInclude.Include.NON_EMPTY) List<Load> steps,
		@JsonUnwrapped @JsonInclude(JsonInclude.Include.NON_NULL) GatewayOutage.@Nullable Recovery recovery,
		@JsonIgnore int contradictory) {

	static Figures of(Variant variant, int orders, Set<String> warmUp, Evidence evidence, List<Load> loads,
			String database, GatewayOutage.@Nullable Recovery recovery) {
		Verdict verdict = new Verdict(evidence);
		return new Figures(variant, orders, without(warmUp, verdict.accepted()), without(warmUp, verdict.paid()),
				without(warmUp, verdict.paymentFailed()), verdict.chargedTwice().size(), verdict.lost().size(),
				evidence.deadLetters().size(), highest(loads), warmUp.size(), database,
				(loads.size() > 1) ? loads : List.of(), recovery, verdict.contradictory().size());
	}

	private static int without(Set<String> warmUp, Set<String> orders) {
		return (int) orders.stream().filter((order) -> !warmUp.contains(order)).count();
	}

	private static Load highest(List<Load> loads) {
		return loads.stream()
			.filter(Load::isHeld)
			.reduce((one, other) -> (one.rate() > other.rate()) ? one : other)
			.orElseGet(() -> loads.get(loads.size() - 1));
	}

	static double rounded(double value) {
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

	/**
	 * Return whether the rate was held, which isn't asked of a run with an outage.
	 * @return {@code true} if the system kept up
	 */
	@JsonIgnore
	boolean isHeld() {
		return this.recovery != null || this.load.isHeld();
	}

}

package dev.natsboot.casestudy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class FiguresTests {

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private Variant variant = Variant.WHOLE;

	private final Map<String, Instant> due = new HashMap<>();

	private final Set<String> warmUp = new HashSet<>();

	private final List<String> answered = new ArrayList<>();

	private final Set<String> accepted = new HashSet<>();

	private final Map<String, String> states = new HashMap<>();

	private final Map<String, String> payments = new HashMap<>();

	private final Map<String, Integer> charges = new HashMap<>();

	private final List<StreamEvent> orders = new ArrayList<>();

	private final List<StreamEvent> results = new ArrayList<>();

	private final List<StreamEvent> deadLetters = new ArrayList<>();

	@Test
	void everyOrderPaidOrFailedIsGood() {
		paid("a", 0, 10);
		paid("b", 500, 530);
		failed("c", 1000, 1980);
		failed("d", 1500, 2000);
		Figures figures = figures(4);
		assertThat(figures)
			.isEqualTo(new Figures(Variant.WHOLE, 4, 4, 2, 2, 0, 0, 0, figures.load(), 0, "H2", List.of(), null, 0));
		assertThat(figures.isGood()).isTrue();
	}

	@Test
	void orderWithoutResultIsLost() {
		accept("a", 0);
		assertThat(figures(1).lost()).isEqualTo(1);
		assertThat(figures(1).isGood()).isFalse();
	}

	@Test
	void orderThatOnlyTheClientKnowsIsLost() {
		paid("a", 0, 10);
		this.answered.add("ghost");
		assertThat(figures(1).lost()).isEqualTo(1);
	}

	@Test
	void orderThatOnlyTheStreamKnowsIsAccepted() {
		this.orders.add(event("orders.created.v1", "a", 0));
		assertThat(figures(1).accepted()).isEqualTo(1);
		assertThat(figures(1).lost()).isEqualTo(1);
	}

	@Test
	void pendingPaymentThatWasAnnouncedIsLost() {
		paid("a", 0, 10);
		this.payments.put("a", "PENDING");
		assertThat(figures(1)).returns(0, Figures::paid).returns(1, Figures::lost);
	}

	@Test
	void paymentThatWasNotAnnouncedIsLost() {
		accept("a", 0);
		this.payments.put("a", "PAID");
		assertThat(figures(1)).returns(0, Figures::paid).returns(1, Figures::lost);
	}

	@Test
	void deadLetteredOrderIsNotLost() {
		accept("a", 0);
		this.deadLetters.add(event("orders.dlq", "a", 20));
		this.deadLetters.add(event("orders.dlq", "", 30));
		assertThat(figures(1)).returns(0, Figures::lost).returns(2, Figures::deadLettered);
	}

	@Test
	void secondApprovedChargeIsChargedTwice() {
		paid("a", 0, 10);
		this.charges.put("a", 2);
		assertThat(figures(1).duplicateCharges()).isEqualTo(1);
		assertThat(figures(1).isGood()).isFalse();
	}

	@Test
	void resultAnnouncedTwiceIsContradictory() {
		paid("a", 0, 10);
		this.results.add(event("payments.failed", "a", 20));
		assertThat(figures(1).contradictory()).isEqualTo(1);
		assertThat(figures(1).isGood()).isFalse();
	}

	@Test
	void paymentWithoutChargeIsContradictory() {
		paid("a", 0, 10);
		this.charges.clear();
		assertThat(figures(1).contradictory()).isEqualTo(1);
	}

	@Test
	void failedPaymentWithChargeIsContradictory() {
		failed("a", 0, 10);
		this.charges.put("a", 1);
		assertThat(figures(1).contradictory()).isEqualTo(1);
	}

	@Test
	void resultThatTheOrderServiceHasNotNotedIsContradictory() {
		paid("a", 0, 10);
		this.states.put("a", "PENDING");
		assertThat(figures(1).contradictory()).isEqualTo(1);
	}

	@Test
	void paymentsAloneAreGoodAlthoughNobodyHasNotedThem() {
		this.variant = Variant.PAYMENTS_ONLY;
		paid("a", 0, 10);
		failed("b", 0, 10);
		this.states.clear();
		assertThat(figures(2)).returns(0, Figures::contradictory).returns(true, Figures::isGood);
		this.charges.clear();
		assertThat(figures(2)).returns(1, Figures::contradictory).returns(false, Figures::isGood);
	}

	@Test
	void reportNamesThePaymentsThatRanAlone() {
		this.variant = Variant.PAYMENTS_ONLY;
		assertThat(JsonMapper.builder().build().writeValueAsString(figures(1)))
			.startsWith("{\"variant\":\"payments-only\",\"orders\":1,");
	}

	@Test
	void refusedOrderIsNotGood() {
		paid("a", 0, 10);
		assertThat(figures(2).isGood()).isFalse();
	}

	@Test
	void nothingAtAllHasFiguresOfZero() {
		Load nothing = new Load(1, 1, 0, 0, 0, 0, 0, 0, 1, Map.of(), 0, Map.of());
		assertThat(figures(1))
			.isEqualTo(new Figures(Variant.WHOLE, 1, 0, 0, 0, 0, 0, 0, nothing, 0, "H2", List.of(), null, 0));
	}

	@Test
	void percentilesAreNearestRanks() {
		for (int i = 1; i <= 200; i++) {
			paid("order-" + i, 0, i);
		}
		Timing timing = Timing.of(this.due, this.results);
		assertThat(timing.percentileMillis(0.5)).isEqualTo(100);
		assertThat(timing.percentileMillis(0.99)).isEqualTo(198);
		assertThat(timing.percentileMillis(1)).isEqualTo(200);
		assertThat(timing.averageMillis()).isEqualTo(100.5);
		assertThat(timing.ordersPerSecond()).isEqualTo(1000);
	}

	@Test
	void latencyCountsFromWhenTheOrderWasDueToTheFirstResult() {
		paid("a", 0, 10);
		this.results.add(event("payments.completed", "a", 500));
		this.results.add(event("payments.completed", "of another load", 900));
		assertThat(Timing.of(this.due, this.results).averageMillis()).isEqualTo(10);
	}

	@Test
	void rateIsHeldWhenTheLastOrderIsSettledWithinASecond() {
		for (int i = 0; i < 10; i++) {
			paid("order-" + i, i * 100, i * 100 + 50);
		}
		paid("last", 1000, 2000);
		assertThat(load(11).isHeld()).isTrue();
		paid("later", 1000, 2001);
		assertThat(load(12).isHeld()).isFalse();
	}

	@Test
	void rateIsNotHeldWhenTheAverageIsTooLong() {
		paid("a", 0, 450);
		assertThat(load(1).isHeld()).isFalse();
	}

	@Test
	void rateIsNotHeldWhenAnOrderHasNoResult() {
		paid("a", 0, 10);
		accept("b", 0);
		assertThat(load(2)).returns(1, Load::unsettled).returns(false, Load::isHeld);
	}

	@Test
	void theHighestRateThatWasHeldCounts() {
		paid("a", 0, 10);
		Load held = Load.of(1, 1, Timing.of(this.due, this.results), Map.of(), 0, Map.of());
		paid("b", 0, 5000);
		Load notHeld = Load.of(2, 2, Timing.of(this.due, this.results), Map.of(), 0, Map.of());
		assertThat(figures(2, List.of(held, notHeld))).returns(held, Figures::load)
			.returns(List.of(held, notHeld), Figures::steps)
			.returns(true, Figures::isHeld);
	}

	@Test
	void ordersOfTheWarmUpCountInTheVerdictOnly() {
		paid("a", 0, 10);
		accept("warm", 0);
		this.charges.put("warm", 2);
		this.warmUp.add("warm");
		assertThat(figures(1)).returns(1, Figures::accepted)
			.returns(1, Figures::warmUpOrders)
			.returns(1, Figures::lost)
			.returns(1, Figures::duplicateCharges);
	}

	@Test
	void reportHasTheKeysOfTheFiguresInTheirOrder() {
		paid("a", 0, 10);
		assertThat(JsonMapper.builder().build().writeValueAsString(figures(1))).startsWith(
				"{\"variant\":\"whole\",\"orders\":1,\"accepted\":1,\"paid\":1,\"paymentFailed\":0,\"duplicateCharges\":0,"
						+ "\"lost\":0,\"deadLettered\":0,\"rate\":1,\"seconds\":1.0,\"ordersPerSecond\":100.0,"
						+ "\"latencyAvgMs\":10.0,\"latencyP50Ms\":10.0,\"latencyP99Ms\":10.0,\"latencyMaxMs\":10.0,")
			.endsWith("\"warmUpOrders\":0,\"database\":\"H2\"}");
	}

	@Test
	void reportHasKeysOfItsOwnForWhatAnOutageDid() {
		paid("a", 0, 10);
		Figures figures = new Figures(Variant.WHOLE, 1, 1, 1, 0, 0, 0, 0, load(1), 0, "H2", List.of(),
				new GatewayOutage.Recovery(20_000, 19_876, 2345, 4321), 0);
		assertThat(JsonMapper.builder().build().writeValueAsString(figures))
			.contains("\"outageMs\":20000,\"ordersWaiting\":19876,\"resumedMs\":2345,"
					+ "\"recoveryMs\":4321,\"settledPerSecond\":10058")
			.containsOnlyOnce("\"backlog\":");
	}

	private Figures figures(int orders) {
		return figures(orders, List.of(load(orders)));
	}

	private Figures figures(int orders, List<Load> loads) {
		return Figures
			.of(this.variant, orders, this.warmUp,
					new Evidence(this.answered, this.accepted, this.variant.isFollowed() ? this.states : null,
							this.payments, this.charges, this.orders, this.results, this.deadLetters),
					loads, "H2", null);
	}

	private Load load(int orders) {
		return Load.of(orders, orders, Timing.of(this.due, this.results), Map.of(), 0, Map.of());
	}

	private void accept(String id, int millis) {
		this.answered.add(id);
		this.due.put(id, START.plusMillis(millis));
		this.accepted.add(id);
		this.orders.add(event("orders.created.v1", id, millis));
	}

	private void paid(String id, int accepted, int settled) {
		accept(id, accepted);
		this.states.put(id, "PAID");
		this.payments.put(id, "PAID");
		this.charges.put(id, 1);
		this.results.add(event("payments.completed", id, settled));
	}

	private void failed(String id, int accepted, int settled) {
		accept(id, accepted);
		this.states.put(id, "FAILED");
		this.payments.put(id, "FAILED");
		this.results.add(event("payments.failed", id, settled));
	}

	private static StreamEvent event(String subject, String id, int millis) {
		return new StreamEvent(subject, id, START.plusMillis(millis));
	}

}

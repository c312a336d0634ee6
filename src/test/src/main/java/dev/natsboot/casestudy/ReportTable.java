package dev.natsboot.casestudy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import dev.natsboot.run.Console;

/**
 * Prints the figures and the addresses.
 */
final class ReportTable {

	private ReportTable() {
	}

	static void print(Figures figures) {
		Console.print("");
		if (!figures.variant().remark().isEmpty()) {
			row("Variant", "%s", figures.variant().remark());
		}
		if (figures.warmUpOrders() > 0) {
			row("Warm-up", "%,d orders, not in the figures but in the verdict", figures.warmUpOrders());
		}
		row("Orders accepted", "%,d of %,d", figures.accepted(), figures.orders());
		row("Paid", "%,d", figures.paid());
		row("Payment failed", "%,d", figures.paymentFailed());
		row("Charged twice", "%,d", figures.duplicateCharges());
		row("Lost", "%,d", figures.lost());
		row("Dead-lettered", "%,d", figures.deadLettered());
		if (figures.contradictory() > 0) {
			row("Contradictory", "%,d", figures.contradictory());
		}
		if (figures.steps().isEmpty()) {
			row("Database", "%s", figures.database());
		}
		else {
			row("Highest rate", "%,d orders/s of those that were tried", figures.load().rate());
		}
		GatewayOutage.Recovery recovery = figures.recovery();
		if (recovery != null) {
			row("Outage",
					"gateway away for %,d ms, %,d orders waited, settled from %,d to %,d ms after its return, "
							+ "%,d per second",
					recovery.outageMs(), recovery.ordersWaiting(), recovery.resumedMs(), recovery.recoveryMs(),
					recovery.settledPerSecond());
		}
		row("Verdict", "%s", verdict(figures));
		Console.print("");
	}

	private static String verdict(Figures figures) {
		if (!figures.isGood()) {
			return "NOT GOOD: not every order was accepted and settled once";
		}
		if (!figures.isHeld()) {
			return "NOT HELD: every order was settled once, but too late";
		}
		return "good: every order was settled once";
	}

	/**
	 * Print what came of a rate.
	 * @param asked whether it was to be held, which isn't asked of a run with an outage
	 */
	static void print(Load load, boolean asked) {
		Console.print("");
		row("Rate", "%,d orders/s for %,.1f s%s", load.rate(), load.seconds(), asked ? ": " + held(load) : "");
		row("Throughput", "%,.1f orders/s, the last payment came %,.0f ms after the last order was due",
				load.ordersPerSecond(), load.tailMs());
		row("Latency", "average %,.1f ms, p50 %,.1f ms, p99 %,.1f ms, worst %,.1f ms", load.latencyAvgMs(),
				load.latencyP50Ms(), load.latencyP99Ms(), load.latencyMaxMs());
		if (!load.backlog().isEmpty()) {
			row("Backlog", "%s when the last was sent, nothing %,.1f s later", joined(load.backlog(), "%s %,d"),
					load.caughtUpMs() / 1000.0);
		}
		row("CPU per order", "%s", joined(load.cpuMicrosPerOrder(), "%s %,.1f µs"));
		Console.print("");
	}

	private static String held(Load load) {
		return load.isHeld() ? "held" : "NOT HELD";
	}

	private static String joined(Map<String, ?> values, String format) {
		return values.entrySet()
			.stream()
			.map((entry) -> String.format(Locale.ROOT, format, entry.getKey(), entry.getValue()))
			.collect(Collectors.joining(", "));
	}

	static void printAddresses(CaseStudyOptions options) {
		List<SampleDefinition> samples = SampleDefinition.of(options.variant(), options.ports());
		row("Page", "%s", options.ports().orderService("/"));
		printAddresses("Health", samples, "/actuator/health");
		printAddresses("Scrape", samples, "/actuator/prometheus");
		Console.print("");
	}

	private static void printAddresses(String title, List<SampleDefinition> samples, String path) {
		for (int i = 0; i < samples.size(); i++) {
			row((i == 0) ? title : "", "%s", samples.get(i).address(path));
		}
	}

	private static void row(String name, String format, Object... values) {
		Console.print("  %-16s %s".formatted(name, String.format(Locale.ROOT, format, values)));
	}

}

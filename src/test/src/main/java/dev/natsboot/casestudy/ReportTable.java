package dev.natsboot.casestudy;

import java.util.Locale;

import dev.natsboot.run.Console;

/**
 * Prints the figures and the addresses.
 */
final class ReportTable {

	private ReportTable() {
	}

	static void print(Figures figures) {
		Console.print("");
		row("Orders accepted", "%,d of %,d", figures.accepted(), figures.orders());
		row("Paid", "%,d", figures.paid());
		row("Payment failed", "%,d", figures.paymentFailed());
		row("Charged twice", "%,d", figures.duplicateCharges());
		row("Lost", "%,d", figures.lost());
		row("Dead-lettered", "%,d", figures.deadLettered());
		if (figures.contradictory() > 0) {
			row("Contradictory", "%,d", figures.contradictory());
		}
		row("Throughput", "%,.1f orders/s", figures.ordersPerSecond());
		row("Latency", "average %,.1f ms, p50 %,.1f ms, p99 %,.1f ms", figures.latencyAvgMs(), figures.latencyP50Ms(),
				figures.latencyP99Ms());
		GatewayOutage.Recovery recovery = figures.recovery();
		if (recovery != null) {
			row("Outage", "gateway away for %,d ms, %,d orders waited, settled %,d ms after its return",
					recovery.outageMs(), recovery.backlog(), recovery.recoveryMs());
		}
		row("Verdict", "%s", figures.isGood() ? "good: every order was settled once" : "NOT GOOD");
		Console.print("");
	}

	static void printAddresses(Ports ports) {
		row("Page", "%s", ports.orderService("/"));
		row("Health", "%s", ports.orderService("/actuator/health"));
		row("", "%s", ports.processor("/actuator/health"));
		row("Scrape", "%s", ports.orderService("/actuator/prometheus"));
		row("", "%s", ports.processor("/actuator/prometheus"));
		Console.print("");
	}

	private static void row(String name, String format, Object... values) {
		Console.print("  %-16s %s".formatted(name, String.format(Locale.ROOT, format, values)));
	}

}

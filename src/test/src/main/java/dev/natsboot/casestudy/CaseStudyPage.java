package dev.natsboot.casestudy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.natsboot.run.Machine;
import dev.natsboot.run.PageBlock;

/**
 * Writes figures into a page.
 */
final class CaseStudyPage {

	private static final String HEADER = "| asked for | for | held | settled | average | median | p99 | worst "
			+ "| last payment after the last order was due | backlog when the last order was sent | worked off after |";

	private static final String RULE = "|---:|---:|---|---:|---:|---:|---:|---:|---:|---|---:|";

	private CaseStudyPage() {
	}

	/**
	 * Replace what is between the marks, of which each variant has its own, and so have
	 * runs with an outage.
	 * @param page the file
	 * @param machine what the figures depend on
	 * @param figures the figures
	 * @throws IOException if the file can't be read or written
	 */
	static void write(Path page, Machine machine, Figures figures) throws IOException {
		PageBlock.replace(page, mark(figures), lines(machine, figures));
	}

	static String mark(Figures figures) {
		String variant = (figures.variant() != Variant.WHOLE) ? " " + figures.variant().option() : "";
		String outage = (figures.recovery() != null) ? " --outage" : "";
		return "<!-- written by bin/run-case-study%s%s -->".formatted(variant, outage);
	}

	static List<String> lines(Machine machine, Figures figures) {
		List<String> lines = new ArrayList<>();
		lines.add("%s; %s.".formatted(machine, figures.database()));
		if (!figures.variant().remark().isEmpty()) {
			lines.addAll(List.of("", "**%s**".formatted(figures.variant().remark())));
		}
		lines.add("");
		lines.add(format(
				"%,d orders after %,d of the warm-up: paid %,d, declined %,d, lost %d, charged twice %d, "
						+ "dead-lettered %d.",
				figures.orders(), figures.warmUpOrders(), figures.paid(), figures.paymentFailed(), figures.lost(),
				figures.duplicateCharges(), figures.deadLettered()));
		GatewayOutage.Recovery recovery = figures.recovery();
		if (recovery != null) {
			lines.addAll(List.of("", outage(recovery)));
		}
		lines.addAll(List.of("", HEADER, RULE));
		List<Load> loads = figures.steps().isEmpty() ? List.of(figures.load()) : figures.steps();
		loads.forEach((load) -> lines.add(row(load, (recovery != null) ? "not asked" : held(load))));
		lines.addAll(List.of("",
				"| processor time of each order, asked for | " + joined(loads.get(0), Map::keySet) + " | sum |",
				"|---:|" + "---:|".repeat(loads.get(0).cpuMicrosPerOrder().size() + 1)));
		loads.forEach((load) -> lines
			.add(format("| %,d/s | ", load.rate()) + joined(load, Map::values) + format(" | %,.0f µs |", sum(load))));
		return lines;
	}

	private static String outage(GatewayOutage.Recovery recovery) {
		return format(
				"The payment gateway was out of order for %,.0f s. When it was back, %,d orders waited for their payment; "
						+ "the first of them was settled %,.1f s later, the last %,.1f s later: **%,d per second** in between.",
				recovery.outageMs() / 1000.0, recovery.ordersWaiting(), recovery.resumedMs() / 1000.0,
				recovery.recoveryMs() / 1000.0, recovery.settledPerSecond());
	}

	private static String held(Load load) {
		return load.isHeld() ? "yes" : "**no**";
	}

	private static String row(Load load, String held) {
		return format(
				"| %,d/s | %,.0f s | %s | %,.0f/s | %,.0f ms | %,.0f ms | %,.0f ms | %,.0f ms | %,.0f ms | %s | %,.1f s |",
				load.rate(), load.seconds(), held, load.ordersPerSecond(), load.latencyAvgMs(), load.latencyP50Ms(),
				load.latencyP99Ms(), load.latencyMaxMs(), load.tailMs(), backlog(load), load.caughtUpMs() / 1000.0);
	}

	private static String backlog(Load load) {
		return load.backlog().isEmpty() ? "none"
				: load.backlog()
					.entrySet()
					.stream()
					.map((consumer) -> format("%s %,d", consumer.getKey(), consumer.getValue()))
					.collect(Collectors.joining(", "));
	}

	private static String joined(Load load, Function<Map<String, Double>, ? extends Collection<?>> cells) {
		return cells.apply(load.cpuMicrosPerOrder())
			.stream()
			.map((cell) -> (cell instanceof Double micros) ? format("%,.0f µs", micros) : cell.toString())
			.collect(Collectors.joining(" | "));
	}

	private static double sum(Load load) {
		return load.cpuMicrosPerOrder().values().stream().mapToDouble(Double::doubleValue).sum();
	}

	private static String format(String format, Object... values) {
		return String.format(Locale.ROOT, format, values);
	}

}

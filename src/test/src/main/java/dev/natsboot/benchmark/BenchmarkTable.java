package dev.natsboot.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.natsboot.run.Machine;

/**
 * Shows results as a table, the ratios first.
 */
final class BenchmarkTable {

	private static final String HEADER = "| what | ratio | goal | starter: median (least–most) "
			+ "| compared with: median (least–most) | CPU per message | allocated per message |";

	private static final String RULE = "|---|---:|---:|---:|---:|---:|---:|";

	private BenchmarkTable() {
	}

	/**
	 * Return what the run was, and a line for each result.
	 */
	static List<String> lines(Machine machine, String runs, List<Result> results) {
		List<String> lines = new ArrayList<>(List.of("%s, %s.".formatted(machine, runs), "", HEADER, RULE));
		results.forEach((result) -> lines.add(row(result)));
		return lines;
	}

	private static String row(Result result) {
		return "| %s, %s | %s | %s%s | %s | %s | %s | %s |".formatted(result.title(), result.unit(), result.value(),
				result.goal(), result.reached() ? "" : ", **not reached**", figures(result.left()),
				figures(result.right()), pair("%.1f / %.1f µs", result.leftCpu(), result.rightCpu()),
				pair("%,.0f / %,.0f B", result.leftBytes(), result.rightBytes()));
	}

	private static String figures(Figures figures) {
		return String.format(Locale.ROOT, "%,.0f (%,.0f–%,.0f)", figures.median(), figures.least(), figures.most());
	}

	private static String pair(String format, double left, double right) {
		return (left == 0 && right == 0) ? "" : String.format(Locale.ROOT, format, left, right);
	}

}

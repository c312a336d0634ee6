package dev.natsboot.faults;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Shows a report as a table, which is Markdown and can be read as it is.
 */
final class FaultTable {

	private static final String HEADER = "| %-47s | times | in flight | lost | duplicates recognised "
			+ "| seen by handlers | charged twice | stuck | recovery median | worst    | over 500 ms |";

	private static final String RULE = "|" + "-".repeat(49) + "|------:|----------:|-----:|----------------------:"
			+ "|-----------------:|--------------:|------:|----------------:|---------:|------------:|";

	private static final String ROW = "| %-47s | %5d | %9d | %4d | %21d | %16d | %13d | %5d | %15s | %8s | %11s |";

	private FaultTable() {
	}

	/**
	 * Return what the run was, its sums, and a line for each kind of fault.
	 * @param report the report
	 * @return the lines
	 */
	static List<String> lines(FaultReport report) {
		Stream<String> head = Stream.of(
				"%s, %d minutes, seed %d, nats-server %s, Java %s%s.".formatted(report.date(), report.minutes(),
						report.seed(), report.natsServer(), report.java(),
						report.virtualThreads() ? " with virtual threads" : ""),
				"", sums(report), "", HEADER.formatted("fault"), RULE);
		return Stream.concat(head, report.faults().stream().map(FaultTable::row)).toList();
	}

	private static String sums(FaultReport report) {
		return String.format(Locale.ROOT,
				"Published %,d, charged %,d, dead-lettered %,d; lost %d, charged twice %d, dead-lettered twice %d, "
						+ "charged and dead-lettered %d, stuck %d, recovered late %d; duplicates recognised %d, "
						+ "seen by handlers %d.",
				report.published(), report.charged(), report.deadLettered(), report.lost(), report.chargedTwice(),
				report.deadLetteredTwice(), report.contradictory(), report.stuck(), report.recoveredLate(),
				report.duplicatesRecognised(), report.duplicatesSeen());
	}

	private static String row(KindFigures figures) {
		return ROW.formatted(figures.fault(), figures.injected(), figures.inFlight(), figures.lost(),
				figures.duplicatesRecognised(), figures.duplicatesSeen(), figures.chargedTwice(), figures.stuck(),
				millis(figures.recoveryMedianMs()), millis(figures.recoveryWorstMs()), slow(figures));
	}

	private static String slow(KindFigures figures) {
		return (figures.recoveries() > 0) ? figures.slowRecoveries() + " of " + figures.recoveries() : "";
	}

	private static String millis(@Nullable Long value) {
		return (value != null) ? value + " ms" : "";
	}

}

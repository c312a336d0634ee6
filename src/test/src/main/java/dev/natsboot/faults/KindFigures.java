package dev.natsboot.faults;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import dev.natsboot.faults.FaultKind.Side;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one kind of fault. The components are keys of the report.
 *
 * @param fault the kind
 * @param injected how often
 * @param inFlight how many messages were stored and not settled at these moments
 * @param lost published orders that are nowhere
 * @param duplicatesRecognised deliveries of handled orders, recognised before a handler
 * was called
 * @param duplicatesSeen calls of a handler for an order that was charged before
 * @param chargedTwice charges above one for an order
 * @param stuck orders that were not settled in the end
 * @param recoveryMedianMs the median of the milliseconds from the removal of the cause to
 * the next message that an affected processor's handler got, or with the database could
 * charge; {@code null} if not measured
 * @param recoveryWorstMs the most milliseconds
 * @param recoveries how many were measured
 * @param slowRecoveries how many of them took more than half a second
 */
record KindFigures(String fault, int injected, long inFlight, int lost, int duplicatesRecognised, int duplicatesSeen,
		int chargedTwice, int stuck, @Nullable Long recoveryMedianMs, @Nullable Long recoveryWorstMs, int recoveries,
		int slowRecoveries) {

	static final String TOGETHER = "two of these at the same time";

	static final String NONE = "before any of these";

	private static final long SLOW_MS = 500;

	/**
	 * Compute the figures of all kinds. What goes wrong is put down to the latest fault.
	 * @param runs what is known about each run
	 * @return a line for each kind that was injected
	 */
	static List<KindFigures> of(Collection<Evidence> runs) {
		Stream<KindFigures> kinds = Arrays.stream(FaultKind.values())
			.map((kind) -> of(kind.text(), injections(runs).filter((injection) -> injection.kind() == kind).toList(),
					runs));
		List<Injection> together = injections(runs).filter(Injection::together)
			.filter((injection) -> injection.kind().side() == Side.SERVER)
			.toList();
		Stream<KindFigures> others = Stream.of(of(TOGETHER, together, runs), of(NONE, List.of(), runs));
		return Stream.concat(kinds, others).filter(KindFigures::isWorthALine).toList();
	}

	private static Stream<Injection> injections(Collection<Evidence> runs) {
		return runs.stream().flatMap((run) -> run.injections().stream());
	}

	private static KindFigures of(String fault, List<Injection> injections, Collection<Evidence> runs) {
		List<Long> recoveries = injections.stream()
			.flatMap((injection) -> injection.recoveries().stream())
			.sorted()
			.toList();
		return new KindFigures(fault, injections.size(), injections.stream().mapToLong(Injection::inFlight).sum(),
				count(fault, runs, Verdict::lost), count(fault, runs, Verdict::duplicatesRecognised),
				count(fault, runs, Verdict::duplicatesSeen), count(fault, runs, Verdict::chargedTwice),
				count(fault, runs, Verdict::stuck), recoveries.isEmpty() ? null : recoveries.get(recoveries.size() / 2),
				recoveries.isEmpty() ? null : recoveries.get(recoveries.size() - 1), recoveries.size(),
				(int) recoveries.stream().filter((millis) -> millis > SLOW_MS).count());
	}

	private static int count(String fault, Collection<Evidence> runs, Moments moments) {
		return (int) runs.stream()
			.flatMap((run) -> moments.of(new Verdict(run)).stream().map((time) -> cause(run, time)))
			.filter(fault::equals)
			.count();
	}

	private static String cause(Evidence run, long time) {
		return run.injections()
			.stream()
			.filter((injection) -> injection.start() <= time)
			.max(Comparator.comparingLong(Injection::start))
			.map((injection) -> injection.together() ? TOGETHER : injection.kind().text())
			.orElse(NONE);
	}

	private boolean isWorthALine() {
		return this.injected + this.lost + this.duplicatesRecognised + this.duplicatesSeen + this.chargedTwice
				+ this.stuck > 0;
	}

	/**
	 * Takes the moments of one kind of trouble from a verdict.
	 */
	private interface Moments {

		List<Long> of(Verdict verdict);

	}

}

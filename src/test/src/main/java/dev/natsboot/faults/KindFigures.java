package dev.natsboot.faults;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What is known about one kind of fault. The components are keys of the report.
 *
 * @param fault the kind, {@code null} for what happened before the first fault
 * @param injected how often
 * @param inFlight how many messages were stored and not settled at these moments
 * @param lost published orders that are nowhere
 * @param duplicatesSeen handler calls for orders that were charged before
 * @param chargedTwice charges above one for an order
 * @param stuck orders that were not settled in the end
 * @param recoveryMedianMs the median of the milliseconds from the removal of the cause to
 * the next message that an affected processor handled; {@code null} if not measured
 * @param recoveryWorstMs the most milliseconds
 */
record KindFigures(@Nullable FaultKind fault, int injected, long inFlight, int lost, int duplicatesSeen,
		int chargedTwice, int stuck, @Nullable Long recoveryMedianMs, @Nullable Long recoveryWorstMs) {

	/**
	 * Compute the figures of all kinds. What goes wrong is put down to the latest fault.
	 * @param runs what is known about each run
	 * @return a line for each kind that was injected
	 */
	static List<KindFigures> of(Collection<Evidence> runs) {
		List<KindFigures> lines = new ArrayList<>();
		Stream.concat(Arrays.stream(FaultKind.values()).map(Optional::of), Stream.of(Optional.<FaultKind>empty()))
			.map((kind) -> of(kind.orElse(null), runs))
			.filter((line) -> line.injected() > 0 || line.isBad() || line.duplicatesSeen() > 0)
			.forEach(lines::add);
		return lines;
	}

	private static KindFigures of(@Nullable FaultKind kind, Collection<Evidence> runs) {
		List<Injection> injections = runs.stream()
			.flatMap((run) -> run.injections().stream())
			.filter((injection) -> injection.kind() == kind)
			.toList();
		List<Long> recoveries = injections.stream()
			.flatMap((injection) -> injection.recoveries().stream())
			.sorted()
			.toList();
		return new KindFigures(kind, injections.size(), injections.stream().mapToLong(Injection::inFlight).sum(),
				count(kind, runs, Verdict::lost), count(kind, runs, Verdict::duplicatesSeen),
				count(kind, runs, Verdict::chargedTwice), count(kind, runs, Verdict::stuck), median(recoveries),
				recoveries.isEmpty() ? null : recoveries.get(recoveries.size() - 1));
	}

	private static int count(@Nullable FaultKind kind, Collection<Evidence> runs, Moments moments) {
		return (int) runs.stream()
			.flatMap((run) -> moments.of(new Verdict(run)).stream().map((time) -> cause(run, time)))
			.filter((cause) -> cause.orElse(null) == kind)
			.count();
	}

	private static Optional<FaultKind> cause(Evidence run, long time) {
		return run.injections()
			.stream()
			.filter((injection) -> injection.start() <= time)
			.max(Comparator.comparingLong(Injection::start))
			.map(Injection::kind);
	}

	private static @Nullable Long median(List<Long> sorted) {
		return sorted.isEmpty() ? null : sorted.get(sorted.size() / 2);
	}

	private boolean isBad() {
		return this.lost + this.chargedTwice + this.stuck > 0;
	}

	/**
	 * Takes the moments of one kind of trouble from a verdict.
	 */
	private interface Moments {

		List<Long> of(Verdict verdict);

	}

}

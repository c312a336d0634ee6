package dev.natsboot.faults;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.natsboot.faults.processor.Behaviour;
import dev.natsboot.faults.processor.LedgerEntry;
import dev.natsboot.faults.processor.LedgerEntry.Event;

/**
 * Judges what became of every order. The results are the moments at which something went
 * wrong, so that a fault can be named.
 */
final class Verdict {

	/** The most milliseconds that a machine with other work to do may take. */
	private static final long RECOVERY_LIMIT_MS = 10_000;

	private final Evidence evidence;

	Verdict(Evidence evidence) {
		this.evidence = evidence;
	}

	/**
	 * Return the published orders that were neither charged nor dead-lettered.
	 */
	private List<Long> missing() {
		return this.evidence.published()
			.entrySet()
			.stream()
			.filter((order) -> !this.evidence.charges().containsKey(order.getKey())
					&& !this.evidence.deadLetters().containsKey(order.getKey()))
			.map(Map.Entry::getValue)
			.toList();
	}

	/**
	 * Return what is nowhere any more.
	 * @return when each lost order was published
	 */
	List<Long> lost() {
		return (this.evidence.unsettled() == 0) ? missing() : List.of();
	}

	/**
	 * Return what is still with the consumer although everything had time to settle.
	 * @return when each of these orders was published
	 */
	List<Long> stuck() {
		if (this.evidence.unsettled() == 0) {
			return List.of();
		}
		return missing().isEmpty()
				? Stream.generate(System::currentTimeMillis).limit(this.evidence.unsettled()).toList() : missing();
	}

	/**
	 * Return the charges above one for each order.
	 * @return when each of these orders was handled for the last time
	 */
	List<Long> chargedTwice() {
		return moreThanOnce(this.evidence.charges());
	}

	/**
	 * Return the dead letters above one for each order.
	 * @return when each of these orders was handled for the last time
	 */
	List<Long> deadLetteredTwice() {
		return moreThanOnce(this.evidence.deadLetters());
	}

	/**
	 * Return the orders that were charged and dead-lettered, or charged although they ask
	 * for the dead letters.
	 * @return when each of these orders was handled for the last time
	 */
	List<Long> contradictory() {
		return this.evidence.charges()
			.keySet()
			.stream()
			.filter((id) -> this.evidence.deadLetters().containsKey(id)
					|| Behaviour.valueOf(id.substring(0, id.indexOf('-'))).isHopeless())
			.map(this::lastHandled)
			.toList();
	}

	/**
	 * Return the deliveries that the store recognised as handled.
	 * @return when they came
	 */
	List<Long> duplicatesRecognised() {
		return this.evidence.entries()
			.stream()
			.filter((entry) -> entry.event() == Event.DUPLICATE)
			.map(LedgerEntry::time)
			.toList();
	}

	/**
	 * Return the calls of a handler for what was charged before, as far as the processor
	 * that charged it has written that down.
	 * @return when they came
	 */
	List<Long> duplicatesSeen() {
		Map<String, Long> charged = this.evidence.entries()
			.stream()
			.filter((entry) -> entry.event() == Event.CHARGED)
			.collect(Collectors.toMap(LedgerEntry::order, LedgerEntry::time, Math::min));
		return this.evidence.entries()
			.stream()
			.filter((entry) -> entry.event() == Event.BEGUN
					&& entry.time() > charged.getOrDefault(entry.order(), Long.MAX_VALUE))
			.map(LedgerEntry::time)
			.toList();
	}

	/**
	 * Return the faults after which it took too long until a processor handled a message.
	 * The time of a database says more about the database.
	 * @return when each of these faults was injected, for each such processor
	 */
	List<Long> recoveredLate() {
		return this.evidence.injections()
			.stream()
			.filter((injection) -> injection.kind() != FaultKind.DATABASE_STOPPED)
			.flatMap((injection) -> injection.recoveries()
				.stream()
				.filter((millis) -> millis > RECOVERY_LIMIT_MS)
				.map((millis) -> injection.start()))
			.toList();
	}

	private List<Long> moreThanOnce(Map<String, Integer> counts) {
		return counts.entrySet()
			.stream()
			.filter((count) -> count.getValue() > 1)
			.flatMap((count) -> Stream.generate(() -> lastHandled(count.getKey())).limit(count.getValue() - 1L))
			.toList();
	}

	private long lastHandled(String order) {
		return this.evidence.entries()
			.stream()
			.filter((entry) -> entry.order().equals(order))
			.mapToLong(LedgerEntry::time)
			.max()
			.orElse(0);
	}

	boolean isGood() {
		return Stream.of(lost(), stuck(), chargedTwice(), deadLetteredTwice(), contradictory(), recoveredLate())
			.allMatch(Collection::isEmpty);
	}

}

package dev.natsboot.faults;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import dev.natsboot.faults.processor.LedgerEntry;
import dev.natsboot.faults.processor.LedgerEntry.Event;

/**
 * How far each processor had written when a fault was injected.
 */
final class Marks {

	private static final Duration POLL = Duration.ofMillis(20);

	private final Map<Processor, Integer> counts = new HashMap<>();

	Marks(List<Processor> processors) {
		processors.forEach((processor) -> this.counts.put(processor, processor.ledger().count()));
	}

	/**
	 * Wait for what a processor writes down after the given time.
	 * @param processor the processor
	 * @param event what to wait for
	 * @param from the time, in milliseconds since 1970
	 * @param timeout how long to wait
	 * @return when it happened, empty if it didn't in time
	 */
	OptionalLong await(Processor processor, Event event, long from, Duration timeout) throws InterruptedException {
		long start = System.nanoTime();
		OptionalLong found = find(processor, event, from);
		while (found.isEmpty() && System.nanoTime() - start < timeout.toNanos()) {
			Pause.of(POLL);
			found = find(processor, event, from);
		}
		return found;
	}

	private OptionalLong find(Processor processor, Event event, long from) {
		return processor.ledger()
			.entries(this.counts.getOrDefault(processor, 0))
			.stream()
			.filter((entry) -> entry.event() == event && entry.time() >= from)
			.mapToLong(LedgerEntry::time)
			.findFirst();
	}

}

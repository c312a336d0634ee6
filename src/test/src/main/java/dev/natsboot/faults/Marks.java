package dev.natsboot.faults;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

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
	 * Wait until a processor has handled a message that it got after the given time.
	 * @param processor the processor
	 * @param from the time, in milliseconds since 1970
	 * @param timeout how long to wait
	 * @return when it had handled it, empty if it didn't in time
	 */
	OptionalLong awaitHandled(Processor processor, long from, Duration timeout) throws InterruptedException {
		long start = System.nanoTime();
		OptionalLong handled = handled(processor, from);
		while (handled.isEmpty() && System.nanoTime() - start < timeout.toNanos()) {
			Network.pause(POLL);
			handled = handled(processor, from);
		}
		return handled;
	}

	private OptionalLong handled(Processor processor, long from) {
		Set<String> begun = new HashSet<>();
		for (LedgerEntry entry : processor.ledger().entries(this.counts.getOrDefault(processor, 0))) {
			if (entry.time() >= from && entry.event() == Event.BEGUN) {
				begun.add(entry.order());
			}
			if ((entry.event() == Event.CHARGED || entry.event() == Event.DUPLICATE) && begun.contains(entry.order())) {
				return OptionalLong.of(entry.time());
			}
		}
		return OptionalLong.empty();
	}

}

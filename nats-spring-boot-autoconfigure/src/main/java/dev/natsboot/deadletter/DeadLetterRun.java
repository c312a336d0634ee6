package dev.natsboot.deadletter;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import dev.natsboot.deadletter.DeadLetterSender.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Does the same with many dead letters, those that are there when it begins.
 */
final class DeadLetterRun {

	private static final int MOST_FAILURES = 100;

	private final Map<DeadLetterId, String> failures = new LinkedHashMap<>();

	private final Work work;

	private long done;

	private long failed;

	private @Nullable String stopped;

	DeadLetterRun(Work work) {
		this.work = work;
	}

	DeadLetterReport over(DeadLetterStore store, DeadLetterFilter filter) {
		Map<String, Long> lasts = new TreeMap<>();
		for (String stream : store.streams()) {
			lasts.put(stream, store.requireDeletable(stream).getStreamState().getLastSequence());
		}
		try {
			lasts.forEach((stream, last) -> store.visit(stream, 1, last,
					(letter) -> !filter.matches(letter) || work(letter)));
		}
		catch (DeadLetterException ex) {
			this.stopped = ex.getMessage();
		}
		return new DeadLetterReport(this.done, this.failed, Collections.unmodifiableMap(this.failures), this.stopped);
	}

	private boolean work(DeadLetter letter) {
		try {
			if (this.work.on(letter)) {
				this.done++;
			}
			return true;
		}
		catch (RefusedException ex) {
			failed(letter.id(), ex);
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.stopped = "The thread was interrupted";
			return false;
		}
	}

	private void failed(DeadLetterId id, RefusedException failure) {
		this.failed++;
		if (this.failures.size() < MOST_FAILURES) {
			this.failures.put(id, String.valueOf(failure.getMessage()));
		}
	}

	/**
	 * What to do with a dead letter.
	 */
	@FunctionalInterface
	interface Work {

		/**
		 * Do it.
		 * @return whether the dead letter was there still
		 */
		boolean on(DeadLetter letter) throws InterruptedException;

	}

}

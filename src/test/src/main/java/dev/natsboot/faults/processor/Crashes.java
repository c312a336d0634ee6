package dev.natsboot.faults.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;

/**
 * Kills this process.
 */
final class Crashes {

	private final Ledger ledger;

	Crashes(Ledger ledger) {
		this.ledger = ledger;
	}

	/**
	 * Kill this process if it didn't do so for this order before.
	 */
	void once(String order) {
		if (this.ledger.crash(order)) {
			now();
		}
	}

	/**
	 * Kill this process. Nothing that the caller would do next happens.
	 */
	void now() {
		try {
			new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid())).start();
			new CountDownLatch(1).await();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}

package dev.natsboot.faults.processor;

import java.util.Arrays;
import java.util.List;

/**
 * What a processor has written down.
 *
 * @param event what happened
 * @param order the order that it happened to, {@code -} for none
 * @param delivery which delivery of the order it was, 0 for none
 * @param time when, in milliseconds since 1970
 */
public record LedgerEntry(Event event, String order, long delivery, long time) {

	/**
	 * Read an entry.
	 * @param line the line in the file
	 * @return the entry
	 */
	public static LedgerEntry parse(String line) {
		List<String> fields = Arrays.asList(line.split(" "));
		return new LedgerEntry(Event.valueOf(fields.get(0)), fields.get(1), Long.parseLong(fields.get(2)),
				Long.parseLong(fields.get(3)));
	}

	String line() {
		return this.event + " " + this.order + " " + this.delivery + " " + this.time + "\n";
	}

	/**
	 * What can happen.
	 */
	public enum Event {

		/** The application is ready. */
		READY,

		/** The application ends in an orderly way. */
		STOPPED,

		/** A handler was called. */
		BEGUN,

		/** An order is charged, and that is committed. */
		CHARGED,

		/** The store has recognised an order, and no handler is called. */
		DUPLICATE,

		/** A handler has failed. */
		FAILED,

		/** The process kills itself. */
		CRASHED

	}

}

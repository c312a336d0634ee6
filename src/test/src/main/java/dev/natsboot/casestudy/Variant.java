package dev.natsboot.casestudy;

import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.natsboot.run.RunException;

/**
 * How much of the system runs.
 */
enum Variant {

	/** All of it. */
	WHOLE("whole", "", 2),
	/** What an order needs from the intake to the result of its payment. */
	PAYMENTS_ONLY("payments-only",
			"Only payments ran: intake, gateway and one payment process; "
					+ "no inventory, no audit, and nobody followed the orders for the page.",
			1),
	/** No streams: each order is settled by calls over HTTP before it is answered. */
	SYNCHRONOUS("synchronous",
			"Synchronous: the order service called payments and inventory over HTTP and answered when "
					+ "the orders were settled; no stream, no audit. A time ends with the answer.",
			0);

	private final String name;

	private final String remark;

	private final int resultsPerOrder;

	Variant(String name, String remark, int resultsPerOrder) {
		this.name = name;
		this.remark = remark;
		this.resultsPerOrder = resultsPerOrder;
	}

	static Variant of(CommandLine line) {
		List<Variant> chosen = Stream.of(PAYMENTS_ONLY, SYNCHRONOUS)
			.filter((variant) -> line.has(variant.option()))
			.toList();
		if (chosen.size() > 1) {
			throw new RunException("%s and %s exclude each other: choose one".formatted(chosen.get(0).option(),
					chosen.get(1).option()));
		}
		return chosen.isEmpty() ? WHOLE : chosen.get(0);
	}

	/**
	 * Return the name, which is its place in the report.
	 * @return the name
	 */
	@JsonValue
	String title() {
		return this.name;
	}

	/**
	 * Return how it is asked for.
	 * @return the option
	 */
	String option() {
		return "--" + this.name;
	}

	/**
	 * Return what a reader of the figures has to know.
	 * @return a sentence, empty if everything ran
	 */
	String remark() {
		return this.remark;
	}

	/**
	 * Return how many events say what became of an order.
	 * @return the number of messages in the streams of results, 0 without streams
	 */
	int resultsPerOrder() {
		return this.resultsPerOrder;
	}

	/**
	 * Return whether the results of payments are in a stream.
	 * @return {@code false} if they are in the answers to clients
	 */
	boolean hasStreams() {
		return this != SYNCHRONOUS;
	}

	/**
	 * Return whether the order service notes what becomes of orders.
	 * @return {@code false} if they stay pending there
	 */
	boolean isFollowed() {
		return this != PAYMENTS_ONLY;
	}

}

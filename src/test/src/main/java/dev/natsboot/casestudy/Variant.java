package dev.natsboot.casestudy;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * How much of the system runs.
 */
enum Variant {

	/** All of it. */
	WHOLE("whole", "", 2),
	/** What an order needs from the intake to the result of its payment. */
	PAYMENTS_ONLY("payments-only", "Only payments ran: intake, gateway and one payment process; "
			+ "no inventory, no audit, and nobody followed the orders for the page.", 1);

	private final String name;

	private final String remark;

	private final int resultsPerOrder;

	Variant(String name, String remark, int resultsPerOrder) {
		this.name = name;
		this.remark = remark;
		this.resultsPerOrder = resultsPerOrder;
	}

	static Variant of(CommandLine line) {
		return line.has(PAYMENTS_ONLY.option()) ? PAYMENTS_ONLY : WHOLE;
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
	 * @return the number of messages in the streams of results
	 */
	int resultsPerOrder() {
		return this.resultsPerOrder;
	}

	/**
	 * Return whether the order service notes what becomes of orders.
	 * @return {@code false} if they stay pending there
	 */
	boolean isFollowed() {
		return this != PAYMENTS_ONLY;
	}

}

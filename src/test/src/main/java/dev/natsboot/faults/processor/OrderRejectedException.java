package dev.natsboot.faults.processor;

/**
 * An order that would fail again.
 */
@SuppressWarnings("serial")
class OrderRejectedException extends RuntimeException {

	OrderRejectedException(Order order) {
		super("The order " + order.id() + " is not acceptable");
	}

}

package dev.natsboot.sample.order.state;

/**
 * What became of an order's payment.
 */
public enum PaymentStatus {

	/** Nothing is known yet. */
	PENDING,
	/** The customer has paid. */
	PAID,
	/** The payment was declined. */
	FAILED

}

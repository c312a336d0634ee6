package dev.natsboot.sample.processor.payment;

/**
 * What became of a payment.
 */
public enum PaymentStatus {

	/** Charged and announced. */
	PAID,
	/** Declined and announced. */
	FAILED

}

package dev.natsboot.sample.processor.payment;

/**
 * How far a payment is.
 */
enum PaymentStatus {

	/** The gateway may have been asked; its answer isn't announced. */
	PENDING,
	/** Charged and announced. */
	PAID,
	/** Declined and announced. */
	FAILED

}

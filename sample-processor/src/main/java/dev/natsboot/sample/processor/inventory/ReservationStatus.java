package dev.natsboot.sample.processor.inventory;

/**
 * What became of a reservation.
 */
public enum ReservationStatus {

	/** Everything that was ordered is reserved. */
	RESERVED,
	/** Something is missing, and nothing is reserved. */
	OUT_OF_STOCK

}

package dev.natsboot.sample.order.state;

/**
 * What became of an order's reservation.
 */
public enum InventoryStatus {

	/** Nothing is known yet. */
	PENDING,
	/** Everything is reserved. */
	RESERVED,
	/** At least one article is missing. */
	OUT_OF_STOCK

}

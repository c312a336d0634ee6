package dev.natsboot.sample.order.state;

import java.util.List;
import java.util.function.Predicate;

/**
 * How many accepted orders are in which state.
 *
 * @param accepted all of them
 * @param paymentPending without a payment result
 * @param paid paid
 * @param paymentFailed declined
 * @param inventoryPending without a reservation result
 * @param reserved reserved
 * @param outOfStock without enough stock
 */
record OrderCounts(long accepted, long paymentPending, long paid, long paymentFailed, long inventoryPending,
		long reserved, long outOfStock) {

	static OrderCounts of(List<OrderCount> counts) {
		return new OrderCounts(sum(counts, (count) -> true), payment(counts, PaymentStatus.PENDING),
				payment(counts, PaymentStatus.PAID), payment(counts, PaymentStatus.FAILED),
				inventory(counts, InventoryStatus.PENDING), inventory(counts, InventoryStatus.RESERVED),
				inventory(counts, InventoryStatus.OUT_OF_STOCK));
	}

	private static long payment(List<OrderCount> counts, PaymentStatus status) {
		return sum(counts, (count) -> count.paymentStatus() == status);
	}

	private static long inventory(List<OrderCount> counts, InventoryStatus status) {
		return sum(counts, (count) -> count.inventoryStatus() == status);
	}

	private static long sum(List<OrderCount> counts, Predicate<OrderCount> which) {
		return counts.stream().filter(which).mapToLong(OrderCount::orders).sum();
	}

}

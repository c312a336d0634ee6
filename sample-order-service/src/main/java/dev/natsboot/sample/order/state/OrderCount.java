package dev.natsboot.sample.order.state;

/**
 * How many accepted orders are in a state.
 *
 * @param paymentStatus what became of the payment
 * @param inventoryStatus what became of the reservation
 * @param orders how many
 */
record OrderCount(PaymentStatus paymentStatus, InventoryStatus inventoryStatus, long orders) {
}

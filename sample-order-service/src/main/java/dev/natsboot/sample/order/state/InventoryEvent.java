package dev.natsboot.sample.order.state;

/**
 * The part of {@code inventory.reserved} and {@code inventory.out_of_stock} that matters
 * here.
 *
 * @param orderId identifies the order
 * @param status {@code RESERVED} or {@code OUT_OF_STOCK}
 */
public record InventoryEvent(String orderId, InventoryStatus status) {
}

package dev.natsboot.sample.order.state;

import dev.natsboot.sample.order.Identifier;
import jakarta.validation.constraints.NotNull;

/**
 * The part of {@code inventory.reserved} and {@code inventory.out_of_stock} that matters
 * here.
 *
 * @param orderId identifies the order
 * @param status {@code RESERVED} or {@code OUT_OF_STOCK}
 */
public record InventoryEvent(@Identifier String orderId, @NotNull InventoryStatus status) {
}

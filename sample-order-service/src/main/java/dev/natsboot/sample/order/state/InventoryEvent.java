package dev.natsboot.sample.order.state;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

/**
 * The part of {@code inventory.reserved} and {@code inventory.out_of_stock} that matters
 * here.
 *
 * @param orderId identifies the order
 * @param status {@code RESERVED} or {@code OUT_OF_STOCK}
 */
public record InventoryEvent(@NotBlank String orderId, @NotNull InventoryStatus status) {
}

package dev.natsboot.sample.processor.gateway;

import java.math.BigDecimal;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;

/**
 * What a merchant asks for.
 *
 * @param idempotencyKey the same key always gets the same answer, and is charged once
 * @param orderId what the money is for
 * @param amount how much
 */
record Charge(@NotBlank String idempotencyKey, @NotBlank String orderId, @NotNull @PositiveOrZero BigDecimal amount) {
}

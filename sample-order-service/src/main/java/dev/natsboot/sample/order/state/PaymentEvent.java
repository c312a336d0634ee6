package dev.natsboot.sample.order.state;

import dev.natsboot.sample.order.Identifier;
import jakarta.validation.constraints.NotNull;

/**
 * The part of {@code payments.completed} and {@code payments.failed} that matters here.
 *
 * @param orderId identifies the order
 * @param status {@code PAID} or {@code FAILED}
 */
public record PaymentEvent(@Identifier String orderId, @NotNull PaymentStatus status) {
}

package dev.natsboot.sample.order.state;

/**
 * The part of {@code payments.completed} and {@code payments.failed} that matters here.
 *
 * @param orderId identifies the order
 * @param status {@code PAID} or {@code FAILED}
 */
public record PaymentEvent(String orderId, PaymentStatus status) {
}

package dev.natsboot.sample.order.deadletter;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A dead letter as the page shows it.
 *
 * @param id identifies it
 * @param listener the listener that gave up
 * @param subject the subject of the message
 * @param orderId the order that it is about
 * @param exception the exception's class
 * @param text the exception's text
 * @param deliveries how often it was tried
 * @param time when it was given up
 */
record DeadLetterView(String id, @Nullable String listener, @Nullable String subject, @Nullable String orderId,
		@Nullable String exception, @Nullable String text, @Nullable Long deliveries, Instant time) {
}

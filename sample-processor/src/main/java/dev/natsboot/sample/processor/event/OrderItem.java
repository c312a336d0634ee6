package dev.natsboot.sample.processor.event;

import jakarta.validation.constraints.Positive;

/**
 * One position of an order.
 *
 * @param sku the article
 * @param quantity how many
 */
public record OrderItem(@Identifier String sku, @Positive int quantity) {
}

package dev.natsboot.sample.processor.event;

/**
 * One position of an order.
 *
 * @param sku the article
 * @param quantity how many
 */
public record OrderItem(String sku, int quantity) {
}

package dev.natsboot.sample.order.discovery;

/**
 * The answer to {@code Discovery.OrderService}.
 *
 * @param orderServiceUri where orders are taken
 */
record ServiceDiscovery(String orderServiceUri) {
}

package dev.natsboot.sample.order.discovery;

import dev.natsboot.annotation.NatsRequestHandler;

import org.springframework.stereotype.Component;

/**
 * Lets other programs find this service with nothing but a NATS connection:
 * {@code nats request Discovery.OrderService ""}.
 */
@Component
class DiscoveryHandler {

	private final OrderServiceProperties properties;

	DiscoveryHandler(OrderServiceProperties properties) {
		this.properties = properties;
	}

	@NatsRequestHandler(value = "Discovery.OrderService", service = "OrderService", version = "1.0.0",
			description = "Where orders are taken")
	ServiceDiscovery discover() {
		return new ServiceDiscovery(this.properties.uri());
	}

}

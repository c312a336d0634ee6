package dev.natsboot.readme;

import java.time.Duration;

import dev.natsboot.core.JetStreamTemplate;
import dev.natsboot.core.NatsTemplate;
import io.nats.client.api.PublishAck;

import org.springframework.stereotype.Component;

@Component
class OrderPublisher {

	private final JetStreamTemplate jetStream;

	private final NatsTemplate nats;

	OrderPublisher(JetStreamTemplate jetStream, NatsTemplate nats) {
		this.jetStream = jetStream;
		this.nats = nats;
	}

	PublishAck publish(OrderCreated order) {
		return this.jetStream.publish("orders.created.v1", order);
	}

	String greet(String name) {
		return this.nats.request("greeter.greet", name, String.class, Duration.ofSeconds(1));
	}

}

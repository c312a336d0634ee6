package dev.natsboot.sample.order.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import dev.natsboot.convert.NatsHeaders;
import dev.natsboot.core.JetStreamTemplate;
import io.nats.client.api.PublishAck;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.stereotype.Component;

/**
 * Publishes {@code orders.created.v1} and waits for JetStream to acknowledge.
 */
@Component
class OrderPublisher {

	private static final Log logger = LogFactory.getLog(OrderPublisher.class);

	private final JetStreamTemplate jetStream;

	OrderPublisher(JetStreamTemplate jetStream) {
		this.jetStream = jetStream;
	}

	/**
	 * Publish orders side by side.
	 * @param orders the orders
	 * @return those that were acknowledged
	 */
	List<OrderCreated> publish(List<OrderCreated> orders) {
		List<CompletableFuture<PublishAck>> acks = orders.stream().map(this::publish).toList();
		List<OrderCreated> acknowledged = new ArrayList<>(orders.size());
		for (int i = 0; i < orders.size(); i++) {
			if (isAcknowledged(acks.get(i), orders.get(i))) {
				acknowledged.add(orders.get(i));
			}
		}
		return acknowledged;
	}

	private CompletableFuture<PublishAck> publish(OrderCreated order) {
		return this.jetStream.publishAsync(OrderCreated.SUBJECT, order,
				Map.of(NatsHeaders.MESSAGE_ID, order.messageId()));
	}

	private boolean isAcknowledged(CompletableFuture<PublishAck> ack, OrderCreated order) {
		try {
			ack.join();
			return true;
		}
		catch (CompletionException ex) {
			logger.warn("Order %s was not acknowledged: %s".formatted(order.orderId(), ex.getCause()));
			return false;
		}
	}

}

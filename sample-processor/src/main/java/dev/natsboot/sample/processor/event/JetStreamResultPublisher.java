package dev.natsboot.sample.processor.event;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import dev.natsboot.convert.NatsHeaders;
import dev.natsboot.core.JetStreamTemplate;
import io.nats.client.api.PublishAck;

import org.springframework.context.annotation.Profile;

/**
 * Publishes results with message ids that are derived from the orders', so that the
 * stream drops what is published again.
 */
@Profile("!synchronous")
public class JetStreamResultPublisher implements ResultPublisher {

	private final JetStreamTemplate jetStream;

	JetStreamResultPublisher(JetStreamTemplate jetStream) {
		this.jetStream = jetStream;
	}

	/**
	 * Publish results side by side, and wait until JetStream has acknowledged all.
	 */
	@Override
	public void publish(List<? extends OrderResult> results) {
		CompletableFuture.allOf(results.stream().map(this::publish).toArray(CompletableFuture<?>[]::new)).join();
	}

	private CompletableFuture<PublishAck> publish(OrderResult result) {
		return this.jetStream.publishAsync(result.subject(), result,
				Map.of(NatsHeaders.MESSAGE_ID, result.messageId()));
	}

}

package dev.natsboot.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.natsboot.core.PublishAcks;
import dev.natsboot.faults.processor.Order;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import io.nats.client.support.NatsJetStreamConstants;
import tools.jackson.databind.json.JsonMapper;

/**
 * Publishes with the client alone, past the network that is disturbed, so that there is
 * something to handle as soon as the server is back.
 */
final class DirectSender implements Sender {

	private static final Duration TIMEOUT = Duration.ofMillis(800);

	private final JsonMapper json = new JsonMapper();

	private final JetStream jetStream;

	DirectSender(Connection connection) {
		try {
			this.jetStream = connection.jetStream();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public CompletableFuture<?> send(Order order, String messageId) {
		Headers headers = new Headers().add(NatsJetStreamConstants.MSG_ID_HDR, messageId)
			.add("Content-Type", "application/json");
		return this.jetStream.publishAsync(order.subject(), headers, this.json.writeValueAsBytes(order))
			.thenApply(DirectSender::requireStored)
			.orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * The client believes an acknowledgement without a sequence.
	 */
	private static PublishAck requireStored(PublishAck ack) {
		try {
			return PublishAcks.requireStored(ack);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

package dev.natsboot.listener;

import java.io.IOException;

import dev.natsboot.convert.EncodedPayload;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.PublishOptions;
import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Sends what a handler returned: to the endpoint's reply subject, or to whom the message
 * asked for a reply. What a JetStream listener returns is published through JetStream and
 * stored before its message is acknowledged, under an id made of the message's place in
 * its stream: a redelivery doesn't send it twice.
 */
final class ReplySender {

	private final Connection connection;

	private final NatsListenerEndpoint endpoint;

	private final ListenerServices services;

	ReplySender(Connection connection, NatsListenerEndpoint endpoint, ListenerServices services) {
		this.connection = connection;
		this.endpoint = endpoint;
		this.services = services;
	}

	void send(Delivery delivery, Object result) {
		EncodedPayload payload = this.services.converter().encode(result, null);
		String subject = this.endpoint.replySubject();
		if (this.endpoint.isJetStream()) {
			store(delivery.message(), subject, payload);
		}
		else {
			publish((subject != null) ? subject : delivery.message().getReplyTo(), payload);
		}
	}

	private void publish(@Nullable String subject, EncodedPayload payload) {
		if (subject != null) {
			this.connection.publish(subject, payload.headers(), payload.data());
			this.services.natsMetrics().published(subject, false);
		}
	}

	private void store(Message message, @Nullable String subject, EncodedPayload payload) {
		if (subject == null) {
			return;
		}
		String id = "reply:" + message.metaData().getStream() + ":" + message.metaData().getConsumer() + ":"
				+ message.metaData().streamSequence();
		Headers headers = (payload.headers() != null) ? payload.headers() : new Headers();
		try {
			this.connection.jetStream(this.services.jetStreamOptions())
				.publish(subject, headers, payload.data(), PublishOptions.builder().messageId(id).build());
			this.services.natsMetrics().published(subject, false);
		}
		catch (IOException | JetStreamApiException ex) {
			this.services.natsMetrics().published(subject, true);
			throw new IllegalStateException("The result of listener '" + this.endpoint.id()
					+ "' could not be published to '" + subject + "': a stream has to capture this subject", ex);
		}
	}

}

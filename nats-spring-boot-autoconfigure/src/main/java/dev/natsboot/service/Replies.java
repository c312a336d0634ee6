package dev.natsboot.service;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.convert.EncodedPayload;
import dev.natsboot.convert.PayloadConverter;
import io.nats.client.Connection;
import io.nats.client.Message;
import org.jspecify.annotations.Nullable;

/**
 * Sends the answers to requests. A request without a reply subject gets none.
 */
final class Replies {

	private final NatsConnectionManager manager;

	private final PayloadConverter converter;

	Replies(NatsConnectionManager manager, PayloadConverter converter) {
		this.manager = manager;
		this.converter = converter;
	}

	void send(Message request, @Nullable Object result) {
		String replyTo = request.getReplyTo();
		if (replyTo != null) {
			EncodedPayload payload = encode(result);
			connection(request).publish(replyTo, payload.headers(), payload.data());
		}
	}

	void send(Message request, ServiceError error) {
		String replyTo = request.getReplyTo();
		if (replyTo != null) {
			connection(request).publish(replyTo, error.headers(), new byte[0]);
		}
	}

	private EncodedPayload encode(@Nullable Object result) {
		if (result instanceof EncodedPayload payload) {
			return payload;
		}
		if (result instanceof Message message) {
			return new EncodedPayload(message.getData(), message.getHeaders());
		}
		return this.converter.encode(result, null);
	}

	/**
	 * The connection of now rather than the one that brought the request: that may have
	 * been replaced in the meantime, while the requester still waits.
	 */
	private Connection connection(Message request) {
		Connection current = this.manager.currentOrNull();
		return (current != null) ? current : request.getConnection();
	}

}

package dev.natsboot.service;

import dev.natsboot.convert.EncodedPayload;
import dev.natsboot.convert.PayloadConverter;
import io.nats.client.Message;
import org.jspecify.annotations.Nullable;

/**
 * Sends the answers to requests. A request without a reply subject gets none.
 */
final class Replies {

	private final ReplyChannel channel;

	private final PayloadConverter converter;

	Replies(ReplyChannel channel, PayloadConverter converter) {
		this.channel = channel;
		this.converter = converter;
	}

	void send(Message request, @Nullable Object result) {
		if (request.getReplyTo() != null) {
			EncodedPayload payload = encode(result);
			this.channel.send(request, payload.headers(), payload.data());
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

}

package dev.natsboot.listener;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import dev.natsboot.convert.NatsMessageHeaders;
import io.nats.client.Message;
import io.nats.client.impl.NatsJetStreamMetaData;
import org.jspecify.annotations.Nullable;

/**
 * Takes keys from messages, in the namespace of an endpoint.
 */
final class IdempotencyKeys {

	private static final int LONGEST = 200;

	private final String namespace;

	private final @Nullable MessageExpression expression;

	IdempotencyKeys(NatsListenerEndpoint endpoint, @Nullable MessageExpression expression) {
		this.namespace = bounded(
				(endpoint.consumer() != null) ? endpoint.stream() + "." + endpoint.consumer() : endpoint.id());
		this.expression = expression;
	}

	/**
	 * Endpoints that share a durable consumer share their messages, so also their marks.
	 */
	String namespace() {
		return this.namespace;
	}

	String of(Message message) {
		String key = (this.expression != null) ? this.expression.evaluate(message)
				: new NatsMessageHeaders(message).originalMessageId();
		return (key != null && !key.isEmpty()) ? bounded(key) : place(message.metaData());
	}

	private static String place(NatsJetStreamMetaData metaData) {
		return MessagePlace.of(metaData.streamSequence(), metaData.timestamp().toInstant());
	}

	private static String bounded(String text) {
		if (text.length() <= LONGEST) {
			return text;
		}
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return "sha256=" + HexFormat.of().formatHex(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

package dev.natsboot.listener;

import java.util.Map;

import dev.natsboot.convert.NatsHeaders;
import dev.natsboot.core.JetStreamOperations;
import dev.natsboot.core.NatsOperations;
import dev.natsboot.service.ErrorReplies;
import io.nats.client.Message;
import io.nats.client.impl.NatsJetStreamMetaData;
import org.jspecify.annotations.Nullable;

/**
 * Sends what a handler returned: to the endpoint's reply subject, or to whom the message
 * asked for a reply. What a JetStream listener returns is published through JetStream and
 * stored before its message is acknowledged, under an id made of the message's place in
 * its stream: a redelivery doesn't send it twice. Who asked a listener that answers
 * learns of a failure as from a request handler.
 */
final class ReplySender {

	private final NatsListenerEndpoint endpoint;

	private final NatsOperations core;

	private final JetStreamOperations jetStream;

	private final @Nullable ErrorReplies errors;

	ReplySender(NatsListenerEndpoint endpoint, ListenerServices services) {
		this.endpoint = endpoint;
		this.core = services.core();
		this.jetStream = services.jetStream();
		this.errors = isAnswering(endpoint) ? services.errorReplies() : null;
	}

	private static boolean isAnswering(NatsListenerEndpoint endpoint) {
		return !endpoint.isJetStream() && endpoint.replySubject() == null
				&& endpoint.listener() instanceof MessageListener listener && listener.isAnswering();
	}

	void send(Delivery delivery, Object result) {
		String subject = this.endpoint.replySubject();
		if (this.endpoint.isJetStream()) {
			store(delivery.message(), subject, result);
			return;
		}
		String target = (subject != null) ? subject : delivery.message().getReplyTo();
		if (target != null) {
			delivery.setReplying(true);
			this.core.publish(target, result);
		}
	}

	/**
	 * The message failed, and won't be tried again.
	 */
	void fail(Delivery delivery, Throwable cause) {
		if (this.errors == null) {
			return;
		}
		if (delivery.isReplying()) {
			this.errors.sendNoReply(delivery.message());
		}
		else if (cause instanceof LaterResult.AbandonedException) {
			this.errors.sendStopping(delivery.message());
		}
		else {
			this.errors.send(delivery.message(), cause);
		}
	}

	private void store(Message message, @Nullable String subject, Object result) {
		if (subject != null) {
			NatsJetStreamMetaData meta = message.metaData();
			String id = "reply:" + meta.getStream() + ":" + meta.getConsumer() + ":"
					+ MessagePlace.of(meta.streamSequence(), meta.timestamp().toInstant());
			this.jetStream.publish(subject, result, Map.of(NatsHeaders.MESSAGE_ID, id));
		}
	}

}

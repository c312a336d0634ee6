package dev.natsboot.annotation;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.natsboot.listener.ConsumerType;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Reads the consumer type of a listener, and refuses attributes that mean nothing with
 * it. What the properties say for all listeners is left out silently.
 */
final class ConsumerTypes {

	private final AttributeResolver attributes;

	ConsumerTypes(AttributeResolver attributes) {
		this.attributes = attributes;
	}

	ConsumerType resolve(NatsListener annotation, @Nullable String stream) {
		ConsumerType type = this.attributes.constant("consumerType", annotation.consumerType(), ConsumerType.class,
				"ordered");
		Assert.state(type == null || stream != null, () -> "'consumerType' is '" + type
				+ "', but a consumer needs a stream: set 'stream', for example stream = \"ORDERS\"");
		if (type == ConsumerType.ORDERED) {
			deliveries(annotation).forEach((name, attribute) -> refuse(name, attribute,
					"an ordered consumer has no acknowledgements, so a message isn't delivered a second time",
					"use a durable consumer, for example consumerType = \"pull\", consumer = \"payment\""));
		}
		if (stream == null) {
			ofStreams(annotation).forEach((name, attribute) -> refuse(name, attribute,
					"a core subscription receives each message once and has no batches, acknowledgements and dead letters",
					"set 'stream', for example stream = \"ORDERS\""));
		}
		return (type != null) ? type : ConsumerType.PULL;
	}

	private static Map<String, String> deliveries(NatsListener annotation) {
		Map<String, String> all = new LinkedHashMap<>();
		all.put("ackWait", annotation.ackWait());
		all.put("maxAckPending", annotation.maxAckPending());
		all.put("maxDeliver", annotation.maxDeliver());
		all.put("backoff", annotation.backoff());
		return all;
	}

	private static Map<String, String> ofStreams(NatsListener annotation) {
		Map<String, String> all = deliveries(annotation);
		all.put("ackMode", annotation.ackMode());
		all.put("ackSyncTimeout", annotation.ackSyncTimeout());
		all.put("backoffMultiplier", annotation.backoffMultiplier());
		all.put("backoffMax", annotation.backoffMax());
		all.put("backoffJitter", annotation.backoffJitter());
		all.put("deadLetterSubject", annotation.deadLetterSubject());
		all.put("deliverPolicy", annotation.deliverPolicy());
		all.put("startSequence", annotation.startSequence());
		all.put("startTime", annotation.startTime());
		all.put("batchSize", annotation.batchSize());
		all.put("batchLinger", annotation.batchLinger());
		return all;
	}

	private void refuse(String name, String attribute, String reason, String remedy) {
		String value = this.attributes.text(attribute);
		Assert.state(value == null,
				() -> "'" + name + "' is '" + value + "', but " + reason + ": remove '" + name + "', or " + remedy);
	}

}

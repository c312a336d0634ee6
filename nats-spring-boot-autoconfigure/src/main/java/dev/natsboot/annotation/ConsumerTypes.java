package dev.natsboot.annotation;

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
			refuse("ackWait", annotation.ackWait());
			refuse("maxAckPending", annotation.maxAckPending());
			refuse("maxDeliver", annotation.maxDeliver());
			refuse("backoff", annotation.backoff());
		}
		return (type != null) ? type : ConsumerType.PULL;
	}

	private void refuse(String name, String attribute) {
		String value = this.attributes.text(attribute);
		Assert.state(value == null,
				() -> "'" + name + "' is '" + value + "', but an ordered consumer has no acknowledgements, so a message"
						+ " isn't delivered a second time: remove '" + name
						+ "', or use a durable consumer, for example consumerType = \"pull\", consumer = \"payment\"");
	}

}

package dev.natsboot.observation;

import dev.natsboot.observation.NatsObservation.MessageKeys;
import dev.natsboot.observation.NatsObservation.PublishKeys;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

/**
 * The keys that publishing and requesting have in common.
 */
final class SendKeyValues {

	private static final KeyValue SYSTEM = PublishKeys.SYSTEM.withValue("nats");

	private static final KeyValue SEND = PublishKeys.OPERATION_TYPE.withValue("send");

	private SendKeyValues() {
	}

	static KeyValues lowCardinality(KeyValue operation, OutgoingMessageInfo message) {
		return KeyValues.of(SYSTEM, SEND, operation, PublishKeys.DESTINATION_TEMPLATE.withValue(message.subjectTag()));
	}

	static KeyValues highCardinality(OutgoingMessageInfo message) {
		KeyValues values = KeyValues.of(MessageKeys.DESTINATION_NAME.withValue(message.subject()),
				MessageKeys.BODY_SIZE.withValue(Integer.toString(message.bodySize())));
		String id = message.messageId();
		return (id != null) ? values.and(MessageKeys.MESSAGE_ID.withValue(id)) : values;
	}

}

package dev.natsboot.observation;

import dev.natsboot.observation.NatsObservation.MessageKeys;
import dev.natsboot.observation.NatsObservation.PublishKeys;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

/**
 * The names of publishing or of requesting, made once for each subject as tags name it:
 * {@link SubjectTags} bounds how many there are.
 */
final class SendNames {

	private static final KeyValue SYSTEM = PublishKeys.SYSTEM.withValue("nats");

	private static final KeyValue SEND = PublishKeys.OPERATION_TYPE.withValue("send");

	private final KnownNames<String> names = new KnownNames<>(this::make);

	private final String operation;

	/**
	 * Create names.
	 * @param operation what is done, for example {@code publish}
	 */
	SendNames(String operation) {
		this.operation = operation;
	}

	FixedNames of(OutgoingMessageInfo message, ContextState state) {
		return this.names.of(message.subjectTag(), state);
	}

	private FixedNames make(String subjectTag) {
		return new FixedNames(this.operation + " " + subjectTag,
				KeyValues.of(SYSTEM, SEND, PublishKeys.OPERATION_NAME.withValue(this.operation),
						PublishKeys.DESTINATION_TEMPLATE.withValue(subjectTag)));
	}

	static KeyValues highCardinality(OutgoingMessageInfo message) {
		KeyValue name = MessageKeys.DESTINATION_NAME.withValue(message.subject());
		KeyValue size = MessageKeys.BODY_SIZE.withValue(Integer.toString(message.bodySize()));
		String id = message.messageId();
		return (id != null) ? KeyValues.of(name, MessageKeys.MESSAGE_ID.withValue(id), size) : KeyValues.of(name, size);
	}

}

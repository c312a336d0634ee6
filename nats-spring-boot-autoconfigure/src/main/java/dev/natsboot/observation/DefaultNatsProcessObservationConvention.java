package dev.natsboot.observation;

import dev.natsboot.observation.NatsObservation.DeliveryKeys;
import dev.natsboot.observation.NatsObservation.MessageKeys;
import dev.natsboot.observation.NatsObservation.ProcessKeys;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.nats.client.Message;
import io.nats.client.impl.NatsJetStreamMetaData;
import org.jspecify.annotations.Nullable;

/**
 * The default {@link NatsProcessObservationConvention}.
 */
public class DefaultNatsProcessObservationConvention implements NatsProcessObservationConvention {

	private static final String MESSAGE_ID = "Nats-Msg-Id";

	private static final KeyValue SYSTEM = ProcessKeys.SYSTEM.withValue("nats");

	private static final KeyValue OPERATION = ProcessKeys.OPERATION_NAME.withValue("process");

	private static final KeyValue OPERATION_TYPE = ProcessKeys.OPERATION_TYPE.withValue("process");

	@Override
	public String getName() {
		return "nats.process";
	}

	@Override
	public String getContextualName(NatsProcessObservationContext context) {
		return "process " + subjects(context.getEndpoint());
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(NatsProcessObservationContext context) {
		ObservedEndpoint endpoint = context.getEndpoint();
		return KeyValues.of(SYSTEM, OPERATION, OPERATION_TYPE,
				ProcessKeys.DESTINATION_TEMPLATE.withValue(subjects(endpoint)),
				ProcessKeys.CONSUMER_GROUP.withValue(orNone(endpoint.group())),
				ProcessKeys.STREAM.withValue(orNone(endpoint.stream())), ProcessKeys.LISTENER.withValue(endpoint.id()));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(NatsProcessObservationContext context) {
		Message message = context.getMessage();
		KeyValues values = KeyValues.of(MessageKeys.DESTINATION_NAME.withValue(message.getSubject()),
				MessageKeys.BODY_SIZE.withValue(Integer.toString(message.getData().length)));
		String id = message.hasHeaders() ? message.getHeaders().getFirst(MESSAGE_ID) : null;
		if (id != null) {
			values = values.and(MessageKeys.MESSAGE_ID.withValue(id));
		}
		return message.isJetStream() ? values.and(delivery(message.metaData())) : values;
	}

	private static KeyValues delivery(NatsJetStreamMetaData metaData) {
		return KeyValues.of(DeliveryKeys.STREAM_SEQUENCE.withValue(Long.toString(metaData.streamSequence())),
				DeliveryKeys.DELIVERY_COUNT.withValue(Long.toString(metaData.deliveredCount())));
	}

	private static String subjects(ObservedEndpoint endpoint) {
		return String.join(",", endpoint.subjects());
	}

	private static String orNone(@Nullable String value) {
		return (value != null) ? value : KeyValue.NONE_VALUE;
	}

}

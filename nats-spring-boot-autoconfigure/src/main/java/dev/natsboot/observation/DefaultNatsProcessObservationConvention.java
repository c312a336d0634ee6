package dev.natsboot.observation;

import java.util.ArrayList;
import java.util.List;

import dev.natsboot.convert.AckSubject;
import dev.natsboot.observation.NatsObservation.DeliveryKeys;
import dev.natsboot.observation.NatsObservation.MessageKeys;
import dev.natsboot.observation.NatsObservation.ProcessKeys;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.nats.client.Message;
import org.jspecify.annotations.Nullable;

/**
 * The default {@link NatsProcessObservationConvention}.
 */
public class DefaultNatsProcessObservationConvention implements NatsProcessObservationConvention {

	private static final String MESSAGE_ID = "Nats-Msg-Id";

	private static final int KEYS = MessageKeys.values().length + DeliveryKeys.values().length;

	private static final KeyValue SYSTEM = ProcessKeys.SYSTEM.withValue("nats");

	private static final KeyValue OPERATION = ProcessKeys.OPERATION_NAME.withValue("process");

	private static final KeyValue OPERATION_TYPE = ProcessKeys.OPERATION_TYPE.withValue("process");

	private final KnownNames<ObservedEndpoint> names = new KnownNames<>(DefaultNatsProcessObservationConvention::make);

	@Override
	public String getName() {
		return "nats.process";
	}

	@Override
	public String getContextualName(NatsProcessObservationContext context) {
		return this.names.of(context.getEndpoint(), context.state()).contextualName();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(NatsProcessObservationContext context) {
		return this.names.of(context.getEndpoint(), context.state()).lowCardinality();
	}

	private static FixedNames make(ObservedEndpoint endpoint) {
		String subjects = String.join(",", endpoint.subjects());
		return new FixedNames("process " + subjects,
				KeyValues.of(SYSTEM, OPERATION, OPERATION_TYPE, ProcessKeys.DESTINATION_TEMPLATE.withValue(subjects),
						ProcessKeys.CONSUMER_GROUP.withValue(orNone(endpoint.group())),
						ProcessKeys.STREAM.withValue(orNone(endpoint.stream())),
						ProcessKeys.LISTENER.withValue(endpoint.id())));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(NatsProcessObservationContext context) {
		return highCardinality(context.getMessage());
	}

	static KeyValues highCardinality(Message message) {
		List<KeyValue> values = new ArrayList<>(KEYS);
		values.add(MessageKeys.DESTINATION_NAME.withValue(message.getSubject()));
		values.add(MessageKeys.BODY_SIZE.withValue(Integer.toString(message.getData().length)));
		String id = message.hasHeaders() ? message.getHeaders().getFirst(MESSAGE_ID) : null;
		if (id != null) {
			values.add(MessageKeys.MESSAGE_ID.withValue(id));
		}
		if (message.isJetStream()) {
			String subject = message.getReplyTo();
			values.add(DeliveryKeys.STREAM_SEQUENCE.withValue(Long.toString(AckSubject.streamSequence(subject))));
			values.add(DeliveryKeys.DELIVERY_COUNT.withValue(Long.toString(AckSubject.deliveries(subject))));
		}
		return KeyValues.of(values);
	}

	private static String orNone(@Nullable String value) {
		return (value != null) ? value : KeyValue.NONE_VALUE;
	}

}

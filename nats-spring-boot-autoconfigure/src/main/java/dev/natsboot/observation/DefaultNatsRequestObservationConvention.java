package dev.natsboot.observation;

import dev.natsboot.observation.NatsObservation.PublishKeys;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

/**
 * The default {@link NatsRequestObservationConvention}.
 */
public class DefaultNatsRequestObservationConvention implements NatsRequestObservationConvention {

	private static final KeyValue OPERATION = PublishKeys.OPERATION_NAME.withValue("request");

	@Override
	public String getName() {
		return "nats.request";
	}

	@Override
	public String getContextualName(NatsRequestObservationContext context) {
		return "request " + context.getMessage().subjectTag();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(NatsRequestObservationContext context) {
		return SendKeyValues.lowCardinality(OPERATION, context.getMessage());
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(NatsRequestObservationContext context) {
		return SendKeyValues.highCardinality(context.getMessage());
	}

}

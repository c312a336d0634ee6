package dev.natsboot.observation;

import dev.natsboot.observation.NatsObservation.PublishKeys;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

/**
 * The default {@link NatsPublishObservationConvention}.
 */
public class DefaultNatsPublishObservationConvention implements NatsPublishObservationConvention {

	private static final KeyValue OPERATION = PublishKeys.OPERATION_NAME.withValue("publish");

	@Override
	public String getName() {
		return "nats.publish";
	}

	@Override
	public String getContextualName(NatsPublishObservationContext context) {
		return "publish " + context.getMessage().subjectTag();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(NatsPublishObservationContext context) {
		return SendKeyValues.lowCardinality(OPERATION, context.getMessage());
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(NatsPublishObservationContext context) {
		return SendKeyValues.highCardinality(context.getMessage());
	}

}

package dev.natsboot.observation;

import io.micrometer.common.KeyValues;

/**
 * The default {@link NatsPublishObservationConvention}.
 */
public class DefaultNatsPublishObservationConvention implements NatsPublishObservationConvention {

	private final SendNames names = new SendNames("publish");

	@Override
	public String getName() {
		return "nats.publish";
	}

	@Override
	public String getContextualName(NatsPublishObservationContext context) {
		return this.names.of(context.getMessage(), context.state()).contextualName();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(NatsPublishObservationContext context) {
		return this.names.of(context.getMessage(), context.state()).lowCardinality();
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(NatsPublishObservationContext context) {
		return SendNames.highCardinality(context.getMessage());
	}

}

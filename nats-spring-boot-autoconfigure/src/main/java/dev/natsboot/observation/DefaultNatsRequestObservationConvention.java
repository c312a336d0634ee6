package dev.natsboot.observation;

import io.micrometer.common.KeyValues;

/**
 * The default {@link NatsRequestObservationConvention}.
 */
public class DefaultNatsRequestObservationConvention implements NatsRequestObservationConvention {

	private final SendNames names = new SendNames("request");

	@Override
	public String getName() {
		return "nats.request";
	}

	@Override
	public String getContextualName(NatsRequestObservationContext context) {
		return this.names.of(context.getMessage(), context.state()).contextualName();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(NatsRequestObservationContext context) {
		return this.names.of(context.getMessage(), context.state()).lowCardinality();
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(NatsRequestObservationContext context) {
		return SendNames.highCardinality(context.getMessage());
	}

}

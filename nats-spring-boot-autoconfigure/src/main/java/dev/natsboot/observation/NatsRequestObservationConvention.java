package dev.natsboot.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names {@link NatsObservation#REQUEST} and its keys. A bean of this type replaces the
 * default.
 */
public interface NatsRequestObservationConvention extends ObservationConvention<NatsRequestObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof NatsRequestObservationContext;
	}

}

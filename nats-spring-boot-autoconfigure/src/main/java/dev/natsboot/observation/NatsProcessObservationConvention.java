package dev.natsboot.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names {@link NatsObservation#PROCESS} and its keys. A bean of this type replaces the
 * default.
 */
public interface NatsProcessObservationConvention extends ObservationConvention<NatsProcessObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof NatsProcessObservationContext;
	}

}

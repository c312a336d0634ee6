package dev.natsboot.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names {@link NatsObservation#PUBLISH} and its keys. A bean of this type replaces the
 * default.
 */
public interface NatsPublishObservationConvention extends ObservationConvention<NatsPublishObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof NatsPublishObservationContext;
	}

}

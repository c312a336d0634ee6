package dev.natsboot.observation;

import io.micrometer.common.KeyValues;

/**
 * The default conventions, except that what is known of a single message is looked up
 * when somebody reads it. A tracer does so once, at the end; meters never do.
 */
final class DeferredConventions {

	private DeferredConventions() {
	}

	static final class Publish extends DefaultNatsPublishObservationConvention {

		@Override
		public KeyValues getHighCardinalityKeyValues(NatsPublishObservationContext context) {
			context.state().defer();
			return KeyValues.empty();
		}

	}

	static final class Request extends DefaultNatsRequestObservationConvention {

		@Override
		public KeyValues getHighCardinalityKeyValues(NatsRequestObservationContext context) {
			context.state().defer();
			return KeyValues.empty();
		}

	}

	static final class Process extends DefaultNatsProcessObservationConvention {

		@Override
		public KeyValues getHighCardinalityKeyValues(NatsProcessObservationContext context) {
			context.state().defer();
			return KeyValues.empty();
		}

	}

}

package dev.natsboot.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observations of this library. Names and values follow OpenTelemetry's conventions
 * for messaging where these say something.
 */
public enum NatsObservation implements ObservationDocumentation {

	/**
	 * A message is published, by core NATS until it is in the client's hands, through
	 * JetStream until the stream has confirmed it.
	 */
	PUBLISH {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultNatsPublishObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return PublishKeys.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return MessageKeys.values();
		}

	},

	/**
	 * A request is sent and its reply waited for.
	 */
	REQUEST {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultNatsRequestObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return PublishKeys.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return MessageKeys.values();
		}

	},

	/**
	 * A listener or request handler handles a message.
	 */
	PROCESS {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultNatsProcessObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return ProcessKeys.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return KeyName.merge(MessageKeys.values(), DeliveryKeys.values());
		}

	};

	/**
	 * What is known of publishing and requesting, with few different values.
	 */
	public enum PublishKeys implements KeyName {

		/**
		 * Always {@code nats}.
		 */
		SYSTEM {

			@Override
			public String asString() {
				return "messaging.system";
			}

		},

		/**
		 * What is done: {@code publish} or {@code request}.
		 */
		OPERATION_NAME {

			@Override
			public String asString() {
				return "messaging.operation.name";
			}

		},

		/**
		 * Always {@code send}.
		 */
		OPERATION_TYPE {

			@Override
			public String asString() {
				return "messaging.operation.type";
			}

		},

		/**
		 * The subject, with ids and what goes beyond the bound generalized.
		 */
		DESTINATION_TEMPLATE {

			@Override
			public String asString() {
				return "messaging.destination.template";
			}

		}

	}

	/**
	 * What is known of handling a message, with few different values; {@code none} where
	 * something doesn't apply.
	 */
	public enum ProcessKeys implements KeyName {

		/**
		 * Always {@code nats}.
		 */
		SYSTEM {

			@Override
			public String asString() {
				return "messaging.system";
			}

		},

		/**
		 * Always {@code process}.
		 */
		OPERATION_NAME {

			@Override
			public String asString() {
				return "messaging.operation.name";
			}

		},

		/**
		 * Always {@code process}.
		 */
		OPERATION_TYPE {

			@Override
			public String asString() {
				return "messaging.operation.type";
			}

		},

		/**
		 * The subjects that the endpoint declares, with wildcards.
		 */
		DESTINATION_TEMPLATE {

			@Override
			public String asString() {
				return "messaging.destination.template";
			}

		},

		/**
		 * The queue group, or the JetStream consumer.
		 */
		CONSUMER_GROUP {

			@Override
			public String asString() {
				return "messaging.consumer.group.name";
			}

		},

		/**
		 * The stream.
		 */
		STREAM {

			@Override
			public String asString() {
				return "messaging.nats.stream";
			}

		},

		/**
		 * The id of the listener or request handler.
		 */
		LISTENER {

			@Override
			public String asString() {
				return "messaging.nats.listener";
			}

		}

	}

	/**
	 * What is known of one message.
	 */
	public enum MessageKeys implements KeyName {

		/**
		 * The subject of the message.
		 */
		DESTINATION_NAME {

			@Override
			public String asString() {
				return "messaging.destination.name";
			}

		},

		/**
		 * The header {@code Nats-Msg-Id}.
		 */
		MESSAGE_ID {

			@Override
			public String asString() {
				return "messaging.message.id";
			}

		},

		/**
		 * The length of the payload in bytes.
		 */
		BODY_SIZE {

			@Override
			public String asString() {
				return "messaging.message.body.size";
			}

		}

	}

	/**
	 * What is known of the delivery of one JetStream message.
	 */
	public enum DeliveryKeys implements KeyName {

		/**
		 * The message's number in its stream.
		 */
		STREAM_SEQUENCE {

			@Override
			public String asString() {
				return "messaging.nats.stream.sequence";
			}

		},

		/**
		 * How many times the message has been delivered.
		 */
		DELIVERY_COUNT {

			@Override
			public String asString() {
				return "messaging.nats.delivery.count";
			}

		}

	}

}

package dev.natsboot.observation;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import io.nats.client.impl.Headers;

/**
 * The context of {@link NatsObservation#PUBLISH}. The trace goes into the message's
 * headers.
 */
public class NatsPublishObservationContext extends SenderContext<Headers> {

	private final OutgoingMessageInfo message;

	/**
	 * Create a context.
	 * @param message the message
	 */
	public NatsPublishObservationContext(OutgoingMessageInfo message) {
		super((headers, name, value) -> {
			if (headers != null) {
				headers.put(name, value);
			}
		}, Kind.PRODUCER);
		this.message = message;
		setCarrier(message.headers());
		setRemoteServiceName("nats");
	}

	/**
	 * The message.
	 * @return the message
	 */
	public OutgoingMessageInfo getMessage() {
		return this.message;
	}

}

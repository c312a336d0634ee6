package dev.natsboot.observation;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.RequestReplySenderContext;
import io.nats.client.Message;
import io.nats.client.impl.Headers;

/**
 * The context of {@link NatsObservation#REQUEST}. The trace goes into the request's
 * headers; the response is the reply, an error reply too.
 */
public class NatsRequestObservationContext extends RequestReplySenderContext<Headers, Message> {

	private final OutgoingMessageInfo message;

	/**
	 * Create a context.
	 * @param message the request
	 */
	public NatsRequestObservationContext(OutgoingMessageInfo message) {
		super((headers, name, value) -> {
			if (headers != null) {
				headers.put(name, value);
			}
		}, Kind.CLIENT);
		this.message = message;
		setCarrier(message.headers());
		setRemoteServiceName("nats");
	}

	/**
	 * The request.
	 * @return the request
	 */
	public OutgoingMessageInfo getMessage() {
		return this.message;
	}

}

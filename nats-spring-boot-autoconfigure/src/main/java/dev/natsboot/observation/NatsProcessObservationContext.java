package dev.natsboot.observation;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The context of {@link NatsObservation#PROCESS}. The trace comes from the message's
 * headers.
 */
public class NatsProcessObservationContext extends ReceiverContext<Message> {

	private final ObservedEndpoint endpoint;

	private final Message message;

	/**
	 * Create a context.
	 * @param endpoint the listener or request handler
	 * @param message the message
	 */
	public NatsProcessObservationContext(ObservedEndpoint endpoint, Message message) {
		super((carrier, name) -> header(carrier, name), endpoint.replies() ? Kind.SERVER : Kind.CONSUMER);
		this.endpoint = endpoint;
		this.message = message;
		setCarrier(message);
		setRemoteServiceName("nats");
	}

	private static @Nullable String header(Message message, String name) {
		Headers headers = message.getHeaders();
		return (headers != null) ? headers.getFirst(name) : null;
	}

	/**
	 * The listener or request handler.
	 * @return the endpoint
	 */
	public ObservedEndpoint getEndpoint() {
		return this.endpoint;
	}

	/**
	 * The message.
	 * @return the message
	 */
	public Message getMessage() {
		return this.message;
	}

}

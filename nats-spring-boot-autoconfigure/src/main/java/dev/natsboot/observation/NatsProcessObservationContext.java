package dev.natsboot.observation;

import dev.natsboot.convert.NatsMessageHeaders;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.nats.client.Message;
import org.jspecify.annotations.Nullable;

/**
 * The context of {@link NatsObservation#PROCESS}. The trace comes from the message's
 * headers.
 */
public class NatsProcessObservationContext extends ReceiverContext<Message> {

	private final ObservedEndpoint endpoint;

	private final Message message;

	private final ContextState state;

	/**
	 * Create a context.
	 * @param endpoint the listener or request handler
	 * @param message the message
	 */
	public NatsProcessObservationContext(ObservedEndpoint endpoint, Message message) {
		super((carrier, name) -> header(carrier, name), endpoint.replies() ? Kind.SERVER : Kind.CONSUMER);
		this.endpoint = endpoint;
		this.message = message;
		this.state = new ContextState(() -> DefaultNatsProcessObservationConvention.highCardinality(message));
		setCarrier(message);
		setRemoteServiceName("nats");
	}

	/**
	 * Publishers write the names of trace headers in any case.
	 */
	private static @Nullable String header(Message message, String name) {
		return message.hasHeaders() ? new NatsMessageHeaders(message).header(name) : null;
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

	ContextState state() {
		return this.state;
	}

	@Override
	public Observation.Context addLowCardinalityKeyValue(KeyValue keyValue) {
		this.state.addLow(KeyValues.of(keyValue));
		return this;
	}

	@Override
	public Observation.Context addLowCardinalityKeyValues(KeyValues keyValues) {
		this.state.addLow(keyValues);
		return this;
	}

	@Override
	public Observation.Context removeLowCardinalityKeyValue(String keyName) {
		this.state.removeLow(keyName);
		return this;
	}

	@Override
	public KeyValues getLowCardinalityKeyValues() {
		return this.state.low();
	}

	@Override
	public @Nullable KeyValue getLowCardinalityKeyValue(String key) {
		return ContextState.find(this.state.low(), key);
	}

	@Override
	public Observation.Context addHighCardinalityKeyValue(KeyValue keyValue) {
		this.state.addHigh(KeyValues.of(keyValue));
		return this;
	}

	@Override
	public Observation.Context addHighCardinalityKeyValues(KeyValues keyValues) {
		this.state.addHigh(keyValues);
		return this;
	}

	@Override
	public Observation.Context removeHighCardinalityKeyValue(String keyName) {
		this.state.removeHigh(keyName);
		return this;
	}

	@Override
	public KeyValues getHighCardinalityKeyValues() {
		return this.state.high();
	}

	@Override
	public @Nullable KeyValue getHighCardinalityKeyValue(String key) {
		return ContextState.find(this.state.high(), key);
	}

}

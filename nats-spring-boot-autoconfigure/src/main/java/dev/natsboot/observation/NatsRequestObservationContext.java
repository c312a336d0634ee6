package dev.natsboot.observation;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.RequestReplySenderContext;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The context of {@link NatsObservation#REQUEST}. The trace goes into the request's
 * headers; the response is the reply, an error reply too.
 */
public class NatsRequestObservationContext extends RequestReplySenderContext<Headers, Message> {

	private final OutgoingMessageInfo message;

	private final ContextState state;

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
		this.state = new ContextState(() -> SendNames.highCardinality(message));
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

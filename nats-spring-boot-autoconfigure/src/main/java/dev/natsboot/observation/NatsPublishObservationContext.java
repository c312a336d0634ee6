package dev.natsboot.observation;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The context of {@link NatsObservation#PUBLISH}. The trace goes into the message's
 * headers.
 */
public class NatsPublishObservationContext extends SenderContext<Headers> {

	private final OutgoingMessageInfo message;

	private final ContextState state;

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
		this.state = new ContextState(() -> SendNames.highCardinality(message));
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

package dev.natsboot.observation;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Supplier;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * What our contexts keep instead of Micrometer's maps: the key values as the one
 * immutable set that the convention made, which is the same for all messages of an
 * endpoint, and what the meters need between start and stop.
 */
final class ContextState {

	private static final AtomicReferenceFieldUpdater<ContextState, KeyValues> LOW = AtomicReferenceFieldUpdater
		.newUpdater(ContextState.class, KeyValues.class, "low");

	private static final AtomicReferenceFieldUpdater<ContextState, KeyValues> HIGH = AtomicReferenceFieldUpdater
		.newUpdater(ContextState.class, KeyValues.class, "high");

	private final Supplier<KeyValues> ofMessage;

	private volatile KeyValues low = KeyValues.empty();

	private volatile KeyValues high = KeyValues.empty();

	private volatile boolean pending;

	private boolean deferred;

	private @Nullable FixedNames names;

	private @Nullable ObservationMeters meters;

	private @Nullable Object sample;

	/**
	 * Create a state.
	 * @param ofMessage makes the high-cardinality key values of the message
	 */
	ContextState(Supplier<KeyValues> ofMessage) {
		this.ofMessage = ofMessage;
	}

	/**
	 * The state of a context of ours, {@code null} for a foreign context.
	 */
	static @Nullable ContextState of(Observation.Context context) {
		if (context instanceof NatsProcessObservationContext process) {
			return process.state();
		}
		if (context instanceof NatsPublishObservationContext publish) {
			return publish.state();
		}
		return (context instanceof NatsRequestObservationContext request) ? request.state() : null;
	}

	@Nullable FixedNames names() {
		return this.names;
	}

	void setNames(FixedNames names) {
		this.names = names;
	}

	/**
	 * Make the key values of the message when somebody reads them. They are made once,
	 * although a convention is asked at start and at stop.
	 */
	void defer() {
		if (!this.deferred) {
			this.deferred = true;
			this.pending = true;
		}
	}

	KeyValues low() {
		return this.low;
	}

	void addLow(KeyValues values) {
		add(LOW, values);
	}

	void removeLow(String name) {
		remove(LOW, name);
	}

	KeyValues high() {
		if (this.pending) {
			HIGH.updateAndGet(this, this.ofMessage.get()::and);
			this.pending = false;
		}
		return this.high;
	}

	void addHigh(KeyValues values) {
		add(HIGH, values);
	}

	void removeHigh(String name) {
		high();
		remove(HIGH, name);
	}

	private void add(AtomicReferenceFieldUpdater<ContextState, KeyValues> present, KeyValues values) {
		KeyValues before = present.get(this);
		if (before != values && values.iterator().hasNext()) {
			present.updateAndGet(this, (now) -> now.and(values));
		}
	}

	private void remove(AtomicReferenceFieldUpdater<ContextState, KeyValues> present, String name) {
		present.updateAndGet(this, (now) -> KeyValues
			.of(now.stream().filter((value) -> !value.getKey().equals(name)).toArray(KeyValue[]::new)));
	}

	static @Nullable KeyValue find(KeyValues values, String name) {
		for (KeyValue value : values) {
			if (value.getKey().equals(name)) {
				return value;
			}
		}
		return null;
	}

	void begin(ObservationMeters meters, Object sample) {
		this.meters = meters;
		this.sample = sample;
	}

	@Nullable ObservationMeters meters() {
		return this.meters;
	}

	@Nullable Object sample() {
		return this.sample;
	}

}

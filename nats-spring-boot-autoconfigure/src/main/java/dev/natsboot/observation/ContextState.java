package dev.natsboot.observation;

import java.util.concurrent.atomic.AtomicReference;
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

	private final AtomicReference<KeyValues> low = new AtomicReference<>(KeyValues.empty());

	private final AtomicReference<KeyValues> high = new AtomicReference<>(KeyValues.empty());

	private volatile @Nullable Supplier<KeyValues> pending;

	private boolean deferred;

	private long started;

	private @Nullable Object running;

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

	/**
	 * Make high-cardinality key values when somebody reads them. The same ones are made
	 * once, although a convention is asked at start and at stop.
	 */
	void defer(Supplier<KeyValues> values) {
		if (!this.deferred) {
			this.deferred = true;
			this.pending = values;
		}
	}

	KeyValues low() {
		return this.low.get();
	}

	void addLow(KeyValues values) {
		add(this.low, values);
	}

	void removeLow(String name) {
		remove(this.low, name);
	}

	KeyValues high() {
		Supplier<KeyValues> values = this.pending;
		if (values != null) {
			KeyValues made = values.get();
			this.high.updateAndGet(made::and);
			this.pending = null;
		}
		return this.high.get();
	}

	void addHigh(KeyValues values) {
		add(this.high, values);
	}

	void removeHigh(String name) {
		high();
		remove(this.high, name);
	}

	private static void add(AtomicReference<KeyValues> present, KeyValues values) {
		KeyValues before = present.get();
		if (before != values && values.iterator().hasNext()) {
			present.updateAndGet((now) -> now.and(values));
		}
	}

	private static void remove(AtomicReference<KeyValues> present, String name) {
		present.updateAndGet((now) -> KeyValues
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

	void begin(long nanos, @Nullable Object running) {
		this.started = nanos;
		this.running = running;
	}

	long started() {
		return this.started;
	}

	@Nullable Object running() {
		return this.running;
	}

}

package dev.natsboot.observation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * The meters of one listener, for every outcome from the start.
 */
final class MicrometerListenerMetrics implements ListenerMetrics {

	private final MeterRegistry registry;

	private final Consumer<MicrometerListenerMetrics> whenClosed;

	private final Map<Outcome, Counter> consumed = new EnumMap<>(Outcome.class);

	private final Map<Outcome, Timer> durations = new EnumMap<>(Outcome.class);

	private final Counter redelivered;

	private final Counter deadLettered;

	MicrometerListenerMetrics(MeterRegistry registry, String id, List<String> subjects,
			Consumer<MicrometerListenerMetrics> whenClosed) {
		this.registry = registry;
		this.whenClosed = whenClosed;
		for (Outcome outcome : Outcome.values()) {
			String value = outcome.name().toLowerCase(Locale.ROOT);
			this.consumed.put(outcome, consumed(id, String.join(",", subjects), value));
			this.durations.put(outcome, duration(id, value));
		}
		this.redelivered = counter("nats.messages.redelivered", "Messages that came for the second time or more", id);
		this.deadLettered = counter("nats.messages.dead.lettered",
				"Messages that were given up and published to the dead letters", id);
	}

	private Counter consumed(String id, String subjects, String outcome) {
		return Counter.builder("nats.messages.consumed")
			.description("Messages that a listener or request handler took, by what became of them")
			.tag("listener", id)
			.tag("subject", subjects)
			.tag("outcome", outcome)
			.register(this.registry);
	}

	private Timer duration(String id, String outcome) {
		return Timer.builder("nats.listener.duration")
			.description("Time that conversion and handler took together")
			.tag("listener", id)
			.tag("outcome", outcome)
			.register(this.registry);
	}

	private Counter counter(String name, String description, String id) {
		return Counter.builder(name).description(description).tag("listener", id).register(this.registry);
	}

	@Override
	public void consumed(Outcome outcome, long durationNanos) {
		this.consumed.get(outcome).increment();
		if (durationNanos >= 0) {
			this.durations.get(outcome).record(durationNanos, TimeUnit.NANOSECONDS);
		}
		if (outcome == Outcome.DEAD_LETTER) {
			this.deadLettered.increment();
		}
	}

	@Override
	public void redelivered() {
		this.redelivered.increment();
	}

	@Override
	public void close() {
		List<Meter> meters = new ArrayList<>(this.consumed.values());
		meters.addAll(this.durations.values());
		meters.add(this.redelivered);
		meters.add(this.deadLettered);
		meters.forEach(this.registry::remove);
		this.whenClosed.accept(this);
	}

}

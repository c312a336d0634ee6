package dev.natsboot.observation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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

	private final String id;

	private final Consumer<MicrometerListenerMetrics> whenClosed;

	/** By the outcome's ordinal. */
	private final Counter[] consumed;

	/** By the outcome's ordinal. */
	private final Timer[] durations;

	private final Counter redelivered;

	private final Counter deadLettered;

	MicrometerListenerMetrics(MeterRegistry registry, String id, List<String> subjects,
			Consumer<MicrometerListenerMetrics> whenClosed) {
		this.registry = registry;
		this.id = id;
		this.whenClosed = whenClosed;
		List<String> outcomes = Arrays.stream(Outcome.values())
			.map((outcome) -> outcome.name().toLowerCase(Locale.ROOT))
			.toList();
		String subject = String.join(",", subjects);
		this.consumed = outcomes.stream().map((outcome) -> consumed(id, subject, outcome)).toArray(Counter[]::new);
		this.durations = outcomes.stream().map((outcome) -> duration(id, outcome)).toArray(Timer[]::new);
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
		this.consumed[outcome.ordinal()].increment();
		if (durationNanos >= 0) {
			this.durations[outcome.ordinal()].record(durationNanos, TimeUnit.NANOSECONDS);
		}
		if (outcome == Outcome.DEAD_LETTER) {
			deadLettered();
		}
	}

	void deadLettered() {
		this.deadLettered.increment();
	}

	boolean isOf(String listener) {
		return this.id.equals(listener);
	}

	@Override
	public void redelivered() {
		this.redelivered.increment();
	}

	@Override
	public void close() {
		List<Meter> meters = new ArrayList<>(List.of(this.consumed));
		meters.addAll(List.of(this.durations));
		meters.add(this.redelivered);
		meters.add(this.deadLettered);
		meters.forEach(this.registry::remove);
		this.whenClosed.accept(this);
	}

}

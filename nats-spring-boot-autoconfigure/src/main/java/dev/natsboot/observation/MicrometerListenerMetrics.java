package dev.natsboot.observation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one listener, from the start for every outcome that it can have.
 */
final class MicrometerListenerMetrics implements ListenerMetrics {

	private final MeterRegistry registry;

	private final String id;

	private final Consumer<MicrometerListenerMetrics> whenClosed;

	private final Map<Outcome, Counter> consumed = new EnumMap<>(Outcome.class);

	private final Map<Outcome, Timer> durations = new EnumMap<>(Outcome.class);

	private final @Nullable Counter redelivered;

	private final @Nullable Counter deadLettered;

	MicrometerListenerMetrics(MeterRegistry registry, String id, List<String> subjects, Set<Outcome> outcomes,
			Consumer<MicrometerListenerMetrics> whenClosed) {
		this.registry = registry;
		this.id = id;
		this.whenClosed = whenClosed;
		String subject = String.join(",", subjects);
		for (Outcome outcome : outcomes) {
			this.consumed.put(outcome, consumed(subject, outcome));
			if (outcome.isTimed()) {
				this.durations.put(outcome, duration(outcome));
			}
		}
		this.redelivered = outcomes.contains(Outcome.RETRY)
				? counter("nats.messages.redelivered", "Messages that came for the second time or more") : null;
		this.deadLettered = outcomes.contains(Outcome.DEAD_LETTER) ? counter("nats.messages.dead.lettered",
				"Messages that were given up and published to the dead letters") : null;
	}

	private Counter consumed(String subject, Outcome outcome) {
		return Counter.builder("nats.messages.consumed")
			.description("Messages that a listener or request handler took, by what became of them")
			.tag("listener", this.id)
			.tag("subject", subject)
			.tag("outcome", text(outcome))
			.register(this.registry);
	}

	private Timer duration(Outcome outcome) {
		return Timer.builder("nats.listener.duration")
			.description("Time that conversion and handler took together")
			.tag("listener", this.id)
			.tag("outcome", text(outcome))
			.register(this.registry);
	}

	private static String text(Outcome outcome) {
		return outcome.name().toLowerCase(Locale.ROOT);
	}

	private Counter counter(String name, String description) {
		return Counter.builder(name).description(description).tag("listener", this.id).register(this.registry);
	}

	@Override
	public void consumed(Outcome outcome, long durationNanos) {
		increment(this.consumed.get(outcome));
		Timer timer = this.durations.get(outcome);
		if (timer != null && durationNanos >= 0) {
			timer.record(durationNanos, TimeUnit.NANOSECONDS);
		}
		if (outcome == Outcome.DEAD_LETTER) {
			deadLettered();
		}
	}

	void deadLettered() {
		increment(this.deadLettered);
	}

	boolean isOf(String listener) {
		return this.id.equals(listener);
	}

	@Override
	public void redelivered() {
		increment(this.redelivered);
	}

	private static void increment(@Nullable Counter counter) {
		if (counter != null) {
			counter.increment();
		}
	}

	@Override
	public void close() {
		List<@Nullable Meter> meters = new ArrayList<>(this.consumed.values());
		meters.addAll(this.durations.values());
		meters.add(this.redelivered);
		meters.add(this.deadLettered);
		meters.forEach(this::remove);
		this.whenClosed.accept(this);
	}

	private void remove(@Nullable Meter meter) {
		if (meter != null) {
			this.registry.remove(meter);
		}
	}

}

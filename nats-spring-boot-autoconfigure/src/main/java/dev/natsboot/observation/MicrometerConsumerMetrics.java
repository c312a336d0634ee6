package dev.natsboot.observation;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import org.jspecify.annotations.Nullable;

/**
 * The gauges of one JetStream consumer, shared by all that report on it. They are not a
 * number until the server has reported for the first time.
 */
final class MicrometerConsumerMetrics implements NatsMetrics.ConsumerMetrics {

	private final MeterRegistry registry;

	private final String stream;

	private final String consumer;

	private final BiConsumer<String, String> whenClosed;

	private final AtomicInteger users = new AtomicInteger();

	private final List<Gauge> gauges;

	private volatile @Nullable Figures figures;

	MicrometerConsumerMetrics(MeterRegistry registry, String stream, String consumer,
			BiConsumer<String, String> whenClosed) {
		this.registry = registry;
		this.stream = stream;
		this.consumer = consumer;
		this.whenClosed = whenClosed;
		this.gauges = List.of(
				gauge("nats.consumer.pending.messages",
						"Messages in the stream that match the consumer and were not delivered yet", Figures::pending),
				gauge("nats.consumer.ack.pending.messages", "Messages that were delivered and not acknowledged yet",
						Figures::ackPending),
				gauge("nats.consumer.redelivered.messages",
						"Messages that were delivered more than once and not acknowledged yet", Figures::redelivered));
	}

	private Gauge gauge(String name, String description, ToDoubleFunction<Figures> value) {
		return Gauge.builder(name, this, (metrics) -> metrics.value(value))
			.description(description)
			.baseUnit(BaseUnits.MESSAGES)
			.tag("stream", this.stream)
			.tag("consumer", this.consumer)
			.strongReference(true)
			.register(this.registry);
	}

	private double value(ToDoubleFunction<Figures> value) {
		Figures now = this.figures;
		return (now != null) ? value.applyAsDouble(now) : Double.NaN;
	}

	@Override
	public void update(long pending, long ackPending, long redelivered) {
		this.figures = new Figures(pending, ackPending, redelivered);
	}

	void use() {
		this.users.incrementAndGet();
	}

	/**
	 * One user less.
	 * @return whether that was the last one, and the gauges are gone
	 */
	boolean release() {
		if (this.users.decrementAndGet() > 0) {
			return false;
		}
		remove();
		return true;
	}

	void remove() {
		this.gauges.forEach(this.registry::remove);
	}

	@Override
	public void close() {
		this.whenClosed.accept(this.stream, this.consumer);
	}

	private record Figures(long pending, long ackPending, long redelivered) {
	}

}

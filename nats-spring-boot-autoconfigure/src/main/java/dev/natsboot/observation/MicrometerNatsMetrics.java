package dev.natsboot.observation;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.natsboot.observation.ListenerMetrics.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts with Micrometer's meters. Everything whose tags are known beforehand is in the
 * scrape from the start; {@code nats.messages.published} is so for the declared subjects
 * and for {@value SubjectTags#OTHER}, where the subjects beyond the bound are counted.
 */
public class MicrometerNatsMetrics implements NatsMetrics, AutoCloseable {

	private final MeterRegistry registry;

	private final SubjectTags tags;

	private final Map<String, PublishCounters> published = new ConcurrentHashMap<>();

	private final Map<List<String>, MicrometerConsumerMetrics> consumers = new ConcurrentHashMap<>();

	private final Counter redriven;

	private final Counter dropped;

	private final Collection<MicrometerListenerMetrics> listeners = ConcurrentHashMap.newKeySet();

	/**
	 * Create the meters that are known beforehand.
	 * @param registry where to register meters
	 * @param tags names subjects
	 * @param declaredSubjects subjects whose published messages are in the scrape from
	 * the start; those with wildcards are left out, as nothing is published to them
	 */
	public MicrometerNatsMetrics(MeterRegistry registry, SubjectTags tags, Collection<String> declaredSubjects) {
		this.registry = registry;
		this.tags = tags;
		this.redriven = Counter.builder("nats.dead.letters.redriven")
			.description("Dead letters that were sent back to their subject")
			.register(registry);
		this.dropped = Counter.builder("nats.dead.letters.dropped")
			.description("Dead letters that were deleted without being sent back")
			.register(registry);
		counters(SubjectTags.OTHER);
		declaredSubjects.stream()
			.filter((subject) -> !subject.contains("*") && !subject.contains(">"))
			.forEach((subject) -> counters(tags.tagOf(subject)));
	}

	@Override
	public void published(String subject, boolean failed) {
		PublishCounters counters = this.published.get(subject);
		if (counters == null) {
			counters = counters(this.tags.tagOf(subject));
		}
		(failed ? counters.failed() : counters.published()).increment();
	}

	private PublishCounters counters(String tag) {
		return this.published.computeIfAbsent(tag, this::register);
	}

	private PublishCounters register(String tag) {
		return new PublishCounters(
				Counter.builder("nats.messages.published")
					.description("Messages that were published, and confirmed where they went to a stream")
					.tag("subject", tag)
					.register(this.registry),
				Counter.builder("nats.messages.publish.failures")
					.description("Messages that could not be published")
					.tag("subject", tag)
					.register(this.registry));
	}

	@Override
	public ListenerMetrics listener(String id, List<String> subjects, Set<Outcome> outcomes) {
		MicrometerListenerMetrics metrics = new MicrometerListenerMetrics(this.registry, id, subjects, outcomes,
				this.listeners::remove);
		this.listeners.add(metrics);
		return metrics;
	}

	@Override
	public ConsumerMetrics consumer(String stream, String consumer) {
		return this.consumers.compute(List.of(stream, consumer), (key, existing) -> {
			MicrometerConsumerMetrics metrics = (existing != null) ? existing
					: new MicrometerConsumerMetrics(this.registry, stream, consumer, this::forget);
			metrics.use();
			return metrics;
		});
	}

	@Override
	public void deadLettered(String id) {
		this.listeners.stream()
			.filter((metrics) -> metrics.isOf(id))
			.findFirst()
			.ifPresent(MicrometerListenerMetrics::deadLettered);
	}

	@Override
	public void redriven() {
		this.redriven.increment();
	}

	@Override
	public void dropped() {
		this.dropped.increment();
	}

	private void forget(String stream, String consumer) {
		this.consumers.computeIfPresent(List.of(stream, consumer),
				(key, metrics) -> metrics.release() ? null : metrics);
	}

	/**
	 * Remove all meters.
	 */
	@Override
	public void close() {
		List.copyOf(this.listeners).forEach(ListenerMetrics::close);
		this.consumers.values().forEach(MicrometerConsumerMetrics::remove);
		this.consumers.clear();
		this.published.values().forEach((counters) -> counters.remove(this.registry));
		this.published.clear();
		this.registry.remove(this.redriven);
		this.registry.remove(this.dropped);
	}

	private record PublishCounters(Counter published, Counter failed) {

		void remove(MeterRegistry registry) {
			for (Meter meter : List.of(this.published, this.failed)) {
				registry.remove(meter);
			}
		}

	}

}

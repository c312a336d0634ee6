package dev.natsboot.benchmark.program;

import java.util.Collection;
import java.util.stream.Stream;

import dev.natsboot.observation.NatsObservations;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micrometer.tracing.Tracer;

import org.springframework.context.ApplicationContext;

/**
 * Whether an application really counts, observes and traces as the table says: nobody
 * would see a name that has changed, it would only be faster.
 */
final class Instruments {

	private final ApplicationContext context;

	private final ProgramSettings settings;

	Instruments(ApplicationContext context, ProgramSettings settings) {
		this.context = context;
		this.settings = settings;
	}

	/**
	 * Check, after the messages.
	 * @throws IllegalStateException when there is something that should not be, or the
	 * other way round
	 */
	void check() {
		require("metrics of all messages", true, counted() >= this.settings.messages());
		boolean observed = property("nats.observation.enabled");
		require("observation", observed, has(NatsObservations.class));
		require("timers of all messages", true, !observed || timed() >= this.settings.messages());
		require("tracing", property("benchmark.traced"), has(Tracer.class));
	}

	private static void require(String what, boolean expected, boolean found) {
		if (expected != found) {
			throw new IllegalStateException("There should " + (expected ? "" : "not ") + "be " + what);
		}
	}

	private boolean property(String name) {
		return this.context.getEnvironment().getProperty(name, Boolean.class, false);
	}

	private boolean has(Class<?> type) {
		return this.context.getBeanProvider(type).stream().findAny().isPresent();
	}

	private double counted() {
		return Stream.of("nats.messages.consumed", "nats.messages.published")
			.map((name) -> registry().find(name).counters())
			.flatMap(Collection::stream)
			.mapToDouble(Counter::count)
			.sum();
	}

	private long timed() {
		return Stream.of("nats.process", "nats.publish", "nats.request")
			.map((name) -> registry().find(name).timers())
			.flatMap(Collection::stream)
			.mapToLong(Timer::count)
			.sum();
	}

	private PrometheusMeterRegistry registry() {
		return this.context.getBean(PrometheusMeterRegistry.class);
	}

}

package dev.natsboot.benchmark.program;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;

import dev.natsboot.observation.NatsObservations;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

class InstrumentsTests {

	private static final int MESSAGES = 10;

	private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	private final GenericApplicationContext context = new GenericApplicationContext();

	@BeforeEach
	void start() {
		this.context.registerBean(PrometheusMeterRegistry.class, () -> this.registry);
		count(MESSAGES);
	}

	@AfterEach
	void stop() {
		this.context.close();
	}

	@Test
	void whatIsSaidIsThere() {
		assertThatNoException().isThrownBy(this::check);
	}

	@Test
	void messagesThatWereNotCountedAreMissed() {
		this.registry.clear();
		count(MESSAGES - 1);
		assertThatIllegalStateException().isThrownBy(this::check).withMessageContaining("metrics");
	}

	@Test
	void anObservationThatIsSaidAndMissingIsMissed() {
		TestPropertyValues.of("nats.observation.enabled=true").applyTo(this.context);
		assertThatIllegalStateException().isThrownBy(this::check).withMessage("There should be observation");
	}

	@Test
	void anObservationThatIsSaidAndThereHasATimer() {
		observe(MESSAGES);
		assertThatNoException().isThrownBy(this::check);
	}

	@Test
	void messagesThatWereNotObservedAreMissed() {
		observe(MESSAGES - 1);
		assertThatIllegalStateException().isThrownBy(this::check).withMessageContaining("timers");
	}

	@Test
	void anObservationThatIsNotSaidIsNoticed() {
		this.context.registerBean(NatsObservations.class, () -> NatsObservations.NONE);
		assertThatIllegalStateException().isThrownBy(this::check).withMessage("There should not be observation");
	}

	@Test
	void tracingThatIsSaidAndMissingIsMissed() {
		TestPropertyValues.of("benchmark.traced=true").applyTo(this.context);
		assertThatIllegalStateException().isThrownBy(this::check).withMessage("There should be tracing");
	}

	private void observe(int messages) {
		TestPropertyValues.of("nats.observation.enabled=true").applyTo(this.context);
		this.context.registerBean(NatsObservations.class, () -> NatsObservations.NONE);
		Timer timer = this.registry.timer("nats.process");
		IntStream.range(0, messages).forEach((i) -> timer.record(Duration.ofMillis(1)));
	}

	private void count(int messages) {
		this.registry.counter("nats.messages.consumed", "listener", "orders").increment(messages);
	}

	private void check() {
		if (!this.context.isActive()) {
			this.context.refresh();
		}
		new Instruments(this.context, new ProgramSettings("-", Role.JS_CONSUME, false, 128, 1, 0, 0, MESSAGES, false,
				false, "-", Path.of("-"), 0))
			.check();
	}

}

package dev.natsboot.annotation;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import dev.natsboot.autoconfigure.NatsMetricsAutoConfiguration;
import dev.natsboot.autoconfigure.NatsServiceAutoConfiguration;
import dev.natsboot.connection.NatsSlowConsumerEvent;
import dev.natsboot.testsupport.InTime;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * More messages than the client keeps for a handler that doesn't return. Each is as large
 * as the server takes, so that a few of them reach the client's limit of bytes.
 */
class SlowConsumerTests {

	private static final byte[] LARGE = new byte[1024 * 1024];

	/** How many of them the client keeps. */
	private static final int KEPT = (int) (Consumer.DEFAULT_MAX_BYTES / LARGE.length);

	private static final int TOO_MANY = 20;

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig();

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void aListenerThatIsTooSlowDropsWhatTheClientCannotKeepSaysSoAndGoesOn(int concurrency) {
		runner(Slow.class).withPropertyValues("test.concurrency=" + concurrency).run((context) -> {
			Slow listener = context.getBean(Slow.class);
			int taken = (concurrency > 1) ? concurrency + 1 : 1;
			fill("slow.orders", concurrency, taken, listener);
			await().untilAsserted(() -> assertThat(dropped(context)).isEqualTo(TOO_MANY));
			assertThat(listener.begun).hasValue(concurrency);
			await().untilAsserted(() -> assertThat(listener.events).hasSize(1));
			assertThat(listener.events.peek()).returns("slow.orders, slow.returns", NatsSlowConsumerEvent::getSubject)
				.returns(true, (event) -> event.getDropped() > 0);
			listener.release.countDown();
			await().untilAsserted(() -> assertThat(listener.begun).hasValue(taken + KEPT));
			rig.client().publish("slow.returns", new byte[0]);
			await().untilAsserted(() -> assertThat(listener.begun).hasValue(taken + KEPT + 1));
			assertThat(dropped(context)).isEqualTo(TOO_MANY);
		});
	}

	@Test
	void aRequestHandlerThatIsTooSlowIsNamed() {
		runner(Slow.class, SlowAnswers.class).run((context) -> {
			fill("slow.requests", 1, 1, context.getBean(SlowAnswers.class));
			Slow listener = context.getBean(Slow.class);
			await().untilAsserted(() -> assertThat(listener.events).extracting(NatsSlowConsumerEvent::getSubject)
				.containsExactly("slow.requests"));
			context.getBean(SlowAnswers.class).release.countDown();
		});
	}

	/**
	 * Publish what is taken from the client's queue at once, and then too much.
	 */
	private static void fill(String subject, int concurrency, int taken, Blocking handler) throws Exception {
		for (int i = 0; i < taken + KEPT + TOO_MANY; i++) {
			rig.client().publish(subject, LARGE);
		}
		rig.client().flush(Duration.ofSeconds(30));
		await().untilAsserted(() -> assertThat(handler.begun).hasValue(concurrency));
	}

	private static double dropped(ApplicationContext context) {
		return context.getBean(MeterRegistry.class).get("nats.connection.dropped.messages").functionCounter().count();
	}

	private static ApplicationContextRunner runner(Class<?>... configurations) {
		return rig.runner(configurations)
			.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
					CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class,
					NatsMetricsAutoConfiguration.class, NatsServiceAutoConfiguration.class))
			.withPropertyValues("test.concurrency=1");
	}

	abstract static class Blocking {

		final AtomicInteger begun = new AtomicInteger();

		final CountDownLatch release = new CountDownLatch(1);

		void block() throws InterruptedException {
			this.begun.incrementAndGet();
			InTime.await(this.release);
		}

	}

	static class Slow extends Blocking {

		final Queue<NatsSlowConsumerEvent> events = new ConcurrentLinkedQueue<>();

		@NatsListener(subjects = { "slow.orders", "slow.returns" }, concurrency = "${test.concurrency}")
		void handle(byte[] payload) throws InterruptedException {
			block();
		}

		@EventListener
		void note(NatsSlowConsumerEvent event) {
			this.events.add(event);
		}

	}

	static class SlowAnswers extends Blocking {

		@NatsRequestHandler("slow.requests")
		String answer(byte[] payload) throws InterruptedException {
			block();
			return "done";
		}

	}

}

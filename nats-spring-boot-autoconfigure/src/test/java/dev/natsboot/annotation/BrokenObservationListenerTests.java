package dev.natsboot.annotation;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.natsboot.autoconfigure.NatsObservationAutoConfiguration;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.testsupport.BrokenObservationHandler;
import dev.natsboot.testsupport.BrokenObservationHandler.Phase;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Core listeners go on, and stop without waiting for anything, when what observes their
 * messages fails.
 */
class BrokenObservationListenerTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig();

	private final BrokenObservationHandler broken = new BrokenObservationHandler();

	static Stream<Arguments> cases() {
		return Stream.of("one", "two", "later")
			.flatMap((id) -> Stream.of(Phase.values()).map((phase) -> Arguments.of(id, phase)));
	}

	@ParameterizedTest
	@MethodSource("cases")
	void aListenerGoesOnAndStops(String id, Phase phase) {
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(this.broken);
		rig.runner(Listeners.class)
			.withConfiguration(AutoConfigurations.of(NatsObservationAutoConfiguration.class))
			.withBean(ObservationRegistry.class, () -> observations)
			.withPropertyValues("nats.listener.shutdown-timeout=5m")
			.run((context) -> {
				this.broken.failAt(phase);
				IntStream.range(0, 5).forEach((i) -> publish(id, (i % 2 == 0) ? "bad" : "good"));
				Listeners listeners = context.getBean(Listeners.class);
				if (phase != Phase.START && phase != Phase.SCOPE_OPENED) {
					await().until(() -> listeners.seen.size() == 5);
				}
				this.broken.failAt(null);
				publish(id, "last");
				await().untilAsserted(() -> assertThat(listeners.seen).contains("last"));
				ListenerContainer container = context.getBean(NatsListenerEndpointRegistry.class)
					.getListenerContainer(id);
				assertThat(CompletableFuture.runAsync(container::stop)).succeedsWithin(Duration.ofSeconds(10));
			});
	}

	private static void publish(String id, String text) {
		rig.client().publish("observed." + id, text.getBytes());
	}

	static class Listeners {

		final Queue<String> seen = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "one", subjects = "observed.one")
		void one(String text) {
			handle(text);
		}

		@NatsListener(id = "two", subjects = "observed.two", concurrency = "2")
		void two(String text) {
			handle(text);
		}

		@NatsListener(id = "later", subjects = "observed.later")
		CompletableFuture<Void> later(String text) {
			return CompletableFuture.runAsync(() -> handle(text));
		}

		private void handle(String text) {
			this.seen.add(text);
			if (text.equals("bad")) {
				throw new IllegalStateException("on purpose");
			}
		}

	}

}

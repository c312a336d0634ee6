package dev.natsboot.annotation;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.natsboot.autoconfigure.NatsObservationAutoConfiguration;
import dev.natsboot.core.NatsPublishException;
import dev.natsboot.listener.FailureAction;
import dev.natsboot.listener.ListenerErrorHandler;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.observation.NatsProcessObservationContext;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.SendTo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The observation of a message whose handler completes later.
 */
class LaterObservationTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>");

	@Test
	void theObservationOfALaterResultStopsOnceAtItsCompletion() {
		run((observed, listener) -> {
			listener.result.complete("done");
			await().until(() -> !observed.stopped.isEmpty());
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "observed").getNumAckPending()).isZero());
			assertThat(observed.stopped).singleElement()
				.satisfies((context) -> assertThat(context.getError()).isNull());
		});
	}

	@Test
	void theFailureOfALaterResultIsRecordedAndSettledInItsScope() {
		run((observed, listener) -> {
			listener.result.completeExceptionally(new IllegalStateException("later"));
			await().until(() -> !observed.stopped.isEmpty());
			assertThat(observed.stopped).singleElement()
				.satisfies((context) -> assertThat(context.getError()).hasMessage("later"));
			assertThat(observed.inScope).singleElement().isSameAs(observed.stopped.peek());
		});
	}

	@Test
	void aReplyThatCannotBeStoredIsRecordedAndSettledInItsScope() {
		rig.publish("orders.replied", "1");
		rig.runner(Replying.class, Observed.class)
			.withConfiguration(AutoConfigurations.of(NatsObservationAutoConfiguration.class))
			.run((context) -> {
				Observed observed = context.getBean(Observed.class);
				await().until(() -> !observed.stopped.isEmpty());
				assertThat(observed.stopped).singleElement()
					.satisfies((stopped) -> assertThat(stopped.getError()).isInstanceOf(NatsPublishException.class));
				assertThat(observed.inScope).singleElement().isSameAs(observed.stopped.peek());
			});
	}

	@Test
	void theReplyOfALaterResultIsSentInItsScope() throws Exception {
		rig.runner(LaterReply.class, Observed.class)
			.withConfiguration(AutoConfigurations.of(NatsObservationAutoConfiguration.class))
			.run((context) -> {
				Observed observed = context.getBean(Observed.class);
				LaterReply listener = context.getBean(LaterReply.class);
				rig.client().publish("observed", "1".getBytes());
				await().until(() -> listener.result.getNumberOfDependents() > 0);
				CompletableFuture.runAsync(() -> listener.result.complete("done"));
				await().until(() -> !observed.stopped.isEmpty());
				assertThat(observed.sentIn).singleElement().isSameAs(observed.stopped.peek());
			});
	}

	@Test
	void theObservationOfALaterResultThatIsAbandonedStopsOnce() {
		rig.publish("orders.observed", "1");
		rig.runner(Later.class, Observed.class)
			.withConfiguration(AutoConfigurations.of(NatsObservationAutoConfiguration.class))
			.withPropertyValues("nats.listener.shutdown-timeout=100ms")
			.run((context) -> {
				Later listener = context.getBean(Later.class);
				Observed observed = context.getBean(Observed.class);
				await().until(() -> listener.result.getNumberOfDependents() > 0);
				context.getBean(NatsListenerEndpointRegistry.class).stop();
				await().until(() -> !observed.stopped.isEmpty());
				assertThat(observed.stopped).singleElement()
					.satisfies((stopped) -> assertThat(stopped.getError()).hasMessageContaining("was stopped"));
			});
	}

	private static void run(Steps steps) {
		rig.publish("orders.observed", "1");
		rig.runner(Later.class, Observed.class)
			.withConfiguration(AutoConfigurations.of(NatsObservationAutoConfiguration.class))
			.run((context) -> {
				Later listener = context.getBean(Later.class);
				Observed observed = context.getBean(Observed.class);
				await().until(() -> listener.result.getNumberOfDependents() > 0);
				assertThat(observed.stopped).isEmpty();
				steps.run(observed, listener);
			});
	}

	private interface Steps {

		void run(Observed observed, Later listener);

	}

	static class Later {

		final CompletableFuture<String> result = new CompletableFuture<>();

		@NatsListener(subjects = "orders.observed", stream = "ORDERS", consumer = "observed",
				errorHandler = "recording")
		CompletableFuture<String> handle(String text) {
			return this.result;
		}

	}

	static class LaterReply {

		final CompletableFuture<String> result = new CompletableFuture<>();

		@NatsListener("observed")
		@SendTo("replies")
		CompletableFuture<String> handle(String text) {
			return this.result;
		}

	}

	static class Replying {

		@NatsListener(subjects = "orders.replied", stream = "ORDERS", consumer = "replying", errorHandler = "recording")
		@SendTo("nobody.stores.this")
		String handle(String text) {
			return text;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Observed {

		final Queue<Observation.Context> stopped = new ConcurrentLinkedQueue<>();

		final Queue<Observation.ContextView> inScope = new ConcurrentLinkedQueue<>();

		/** Around what was published. */
		final Queue<Observation.ContextView> sentIn = new ConcurrentLinkedQueue<>();

		private final ObservationRegistry registry = ObservationRegistry.create();

		@Bean
		ObservationRegistry observationRegistry() {
			this.registry.observationConfig().observationHandler(new ObservationHandler<>() {

				@Override
				public void onStop(Observation.Context context) {
					if (context instanceof NatsProcessObservationContext) {
						Observed.this.stopped.add(context);
					}
					else if (context.getParentObservation() != null) {
						Observed.this.sentIn.add(context.getParentObservation().getContextView());
					}
				}

				@Override
				public boolean supportsContext(Observation.Context context) {
					return true;
				}

			});
			return this.registry;
		}

		@Bean
		ListenerErrorHandler recording() {
			return (failure) -> {
				Observation current = this.registry.getCurrentObservation();
				if (current != null) {
					this.inScope.add(current.getContextView());
				}
				return FailureAction.discard();
			};
		}

	}

}

package dev.natsboot.annotation;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.natsboot.annotation.JetStreamListenerTests.Stopping;
import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.convert.NatsMessageHeaders;
import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.listener.FailureAction;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.ListenerErrorHandler;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.observation.MicrometerNatsMetrics;
import dev.natsboot.observation.NatsMetrics;
import dev.natsboot.observation.SubjectTags;
import dev.natsboot.testsupport.FrozenProcess;
import dev.natsboot.testsupport.InTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.AdditionalAnswers;
import org.mockito.ArgumentMatchers;
import org.mockito.Mockito;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.context.Lifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a stop waits for, what it doesn't wait for, and what it leaves behind.
 */
class StopTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>");

	@Test
	void anAcknowledgementHasLeftWhenAStopReturns() {
		rig.runner(Waiting.class).withPropertyValues("nats.listener.shutdown-timeout=5m").run((context) -> {
			Waiting listener = context.getBean(Waiting.class);
			rig.publish("orders.waiting", "1");
			await().until(() -> listener.begun.contains("1"));
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(container(context, "waiting")::stop);
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "waiting").getNumWaiting()).isZero());
			try (FrozenProcess frozen = rig.server().freeze()) {
				listener.release.countDown();
				await().until(() -> listener.ended.contains("1"));
				await().during(Duration.ofMillis(300)).until(() -> !stopped.isDone());
			}
			await().until(stopped::isDone);
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "waiting").getNumAckPending()).isZero());
		});
	}

	@Test
	void nothingIsBegunWhileTheSubscriptionEnds() {
		rig.runner(Stopping.class).withPropertyValues("nats.listener.shutdown-timeout=5m").run((context) -> {
			Stopping listener = context.getBean(Stopping.class);
			ListenerContainer container = container(context, "stopping");
			rig.publish("orders.stopping", "quick");
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "stopping").getNumWaiting()).isPositive());
			IntStream.range(0, 10).forEach((number) -> rig.publish("orders.stopping", Integer.toString(number)));
			await().until(() -> rig.consumer("ORDERS", "stopping").getNumAckPending() == 10);
			await().until(() -> listener.begun.size() == 1);
			CompletableFuture<Void> stopped;
			try (FrozenProcess frozen = rig.server().freeze()) {
				stopped = CompletableFuture.runAsync(container::stop);
				await().until(() -> container.getState().status() == Status.STOPPING);
				listener.release.countDown();
				await().during(Duration.ofMillis(300)).until(() -> listener.begun.size() == 1 && !stopped.isDone());
			}
			await().until(stopped::isDone);
			assertThat(listener.begun).hasSize(1);
		});
	}

	@Test
	void theConnectionIsClosedAfterTheListenersHaveStopped() {
		rig.runner(Waiting.class).withPropertyValues("nats.listener.shutdown-timeout=5m").run((context) -> {
			Waiting listener = context.getBean(Waiting.class);
			Connection connection = context.getBean(NatsConnectionManager.class).current();
			rig.publish("orders.waiting", "1");
			await().until(() -> listener.begun.contains("1"));
			CompletableFuture<Void> closed = CompletableFuture.runAsync(context.getSourceApplicationContext()::close);
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "waiting").getNumWaiting()).isZero());
			await().during(Duration.ofMillis(300)).until(() -> connection.getStatus() == Connection.Status.CONNECTED);
			listener.release.countDown();
			await().until(closed::isDone);
			assertThat(connection.getStatus()).isEqualTo(Connection.Status.CLOSED);
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "waiting").getNumAckPending()).isZero());
		});
	}

	@Test
	void theCallbackOfAStopRunsOnceAlsoWhenAContainerCannotBeStopped() {
		rig.runner(Core.class, FailingStop.class).run((context) -> {
			AtomicInteger calls = new AtomicInteger();
			context.getBean(NatsListenerEndpointRegistry.class).stop(calls::incrementAndGet);
			await().untilAsserted(() -> assertThat(calls).hasValue(1));
		});
	}

	@Test
	void aContainerThatCannotBeStoppedKeepsNoOtherFromStopping() {
		rig.runner(Core.class, Waiting.class, FailingStop.class)
			.withPropertyValues("nats.listener.shutdown-timeout=5m")
			.run((context) -> {
				Waiting listener = context.getBean(Waiting.class);
				rig.publish("orders.waiting", "1");
				await().until(() -> listener.begun.contains("1"));
				CompletableFuture<Void> stopped = new CompletableFuture<>();
				context.getBean(NatsListenerEndpointRegistry.class).stop(() -> stopped.complete(null));
				await().during(Duration.ofMillis(300)).until(() -> !stopped.isDone());
				listener.release.countDown();
				await().until(stopped::isDone);
				assertThat(listener.ended).containsExactly("1");
			});
	}

	@Test
	void aStopWaitsForNoBackOffAndItsMessageComesAgainAfterTheNextStart() {
		rig.runner(BackingOff.class).withPropertyValues("nats.listener.shutdown-timeout=5m").run((context) -> {
			BackingOff listener = context.getBean(BackingOff.class);
			rig.publish("orders.backing", "1");
			await().until(() -> listener.deliveries.contains(1L));
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(container(context, "backing")::stop);
			await().until(stopped::isDone);
			container(context, "backing").start();
			await().until(() -> listener.deliveries.size() == 2);
		});
	}

	@Test
	void startsAndStopsMakeNoSecondSubscription() {
		rig.runner(Core.class, Stored.class).run((context) -> {
			Queue<String> core = context.getBean(Core.class).seen;
			Queue<String> stored = context.getBean(Stored.class).seen;
			for (int round = 1; round <= 4; round++) {
				String text = Integer.toString(round);
				rig.client().publish("core.work", text.getBytes());
				rig.publish("orders.stored", text);
				await().until(() -> core.contains(text) && stored.contains(text));
				restart((round % 2 == 0) ? context.getSourceApplicationContext()
						: context.getBean(NatsListenerEndpointRegistry.class));
			}
			assertThat(core).containsExactly("1", "2", "3", "4");
			assertThat(stored).containsExactly("1", "2", "3", "4");
			assertThat(rig.management().getConsumerNames("ORDERS")).containsExactly("stored");
		});
	}

	@Test
	void idleListenersStopAndStartAtOnce() {
		rig.runner(Core.class, Stored.class, Ordered.class, Pushed.class)
			.withPropertyValues("nats.listener.shutdown-timeout=5m")
			.run((context) -> {
				NatsListenerEndpointRegistry registry = context.getBean(NatsListenerEndpointRegistry.class);
				await().until(() -> registry.getListenerContainers()
					.stream()
					.allMatch((container) -> container.getState().status() == Status.RUNNING));
				long begin = System.nanoTime();
				restart(registry);
				assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
			});
	}

	@Test
	void noThreadThatKeepsTheProcessAliveIsLeftBehind() {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		rig.runner(Core.class, Stored.class, Ordered.class, BackingOff.class).run((context) -> {
			rig.publish("orders.stored", "1");
			rig.publish("orders.backing", "1");
			await().until(() -> context.getBean(Stored.class).seen.contains("1"));
			await().until(() -> context.getBean(BackingOff.class).deliveries.contains(1L));
		});
		await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
			.filteredOn((thread) -> !thread.isDaemon() && !before.contains(thread))
			.filteredOn((thread) -> !thread.getName().startsWith("awaitility"))
			.isEmpty());
	}

	@Test
	void theMetersOfAListenerOutliveItsStopsAndNotItsApplication() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		NatsMetrics metrics = new MicrometerNatsMetrics(meters, new SubjectTags(10, List.of()), List.of());
		rig.runner(Stored.class)
			.withBean(NatsMetrics.class, () -> metrics, (definition) -> definition.setDestroyMethodName(""))
			.run((context) -> {
				int count = meters.getMeters().size();
				restart(container(context, "stored"));
				assertThat(meters.getMeters()).hasSize(count);
				assertThat(meters.find("nats.messages.consumed").counters()).isNotEmpty();
			});
		assertThat(meters.find("nats.messages.consumed").counters()).isEmpty();
	}

	private static void restart(Lifecycle lifecycle) {
		lifecycle.stop();
		lifecycle.start();
	}

	@Test
	void aStopFromTheErrorHandlerOfALaterResultDoesNotWaitForItself() {
		assertStopsItself(Later.class, "later");
		assertStopsItself(LaterBatch.class, "later-batch");
		assertStopsItself(LaterCore.class, "later-core");
	}

	private static void assertStopsItself(Class<? extends StopsItself> type, String id) {
		rig.runner(type, StoppingErrorHandler.class)
			.withPropertyValues("nats.listener.shutdown-timeout=5m")
			.run((context) -> {
				StopsItself listener = context.getBean(type);
				rig.publish("orders.later", "1");
				await().until(() -> listener.result.getNumberOfDependents() > 0);
				CompletableFuture.runAsync(() -> listener.result.completeExceptionally(new IllegalStateException(id)));
				await().until(() -> context.getBean(StoppingErrorHandler.class).stopped.contains(id));
				assertThat(container(context, id).isRunning()).isFalse();
			});
	}

	private static ListenerContainer container(AssertableApplicationContext context, String id) {
		return context.getBean(NatsListenerEndpointRegistry.class).getListenerContainer(id);
	}

	static class Waiting {

		final Queue<String> begun = new ConcurrentLinkedQueue<>();

		final Queue<String> ended = new ConcurrentLinkedQueue<>();

		final CountDownLatch release = new CountDownLatch(1);

		@NatsListener(id = "waiting", subjects = "orders.waiting", stream = "ORDERS", consumer = "waiting")
		void handle(String text) throws InterruptedException {
			this.begun.add(text);
			InTime.await(this.release);
			this.ended.add(text);
		}

	}

	static class Core {

		final Queue<String> seen = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "core", subjects = "core.work")
		void handle(String text) {
			this.seen.add(text);
		}

	}

	static class Stored {

		final Queue<String> seen = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "stored", subjects = "orders.stored", stream = "ORDERS", consumer = "stored")
		void handle(String text) {
			this.seen.add(text);
		}

	}

	static class Ordered {

		@NatsListener(id = "ordered", subjects = "orders.ordered", stream = "ORDERS", consumerType = "ordered")
		void handle(String text) {
		}

	}

	static class Pushed {

		@NatsListener(id = "pushed", subjects = "orders.pushed", stream = "ORDERS", consumer = "pushed",
				consumerType = "push")
		void handle(String text) {
		}

	}

	static class BackingOff {

		final Queue<Long> deliveries = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "backing", subjects = "orders.backing", stream = "ORDERS", consumer = "backing",
				orderBy = "subject[1]", backoff = "10m", ackWait = "10m")
		void handle(NatsMessageHeaders headers) {
			this.deliveries.add(headers.deliveryCount());
			throw new IllegalStateException("no");
		}

	}

	/**
	 * No spy: that is a copy, which doesn't hear of the connection.
	 */
	@Configuration(proxyBeanMethods = false)
	static class FailingStop {

		@Bean
		static BeanPostProcessor failingStop() {
			return new BeanPostProcessor() {

				@Override
				public Object postProcessAfterInitialization(Object bean, String name) {
					return (bean instanceof NatsConnectionManager manager) ? failing(manager) : bean;
				}

			};
		}

		private static NatsConnectionManager failing(NatsConnectionManager manager) {
			NatsConnectionManager failing = Mockito.mock(NatsConnectionManager.class,
					AdditionalAnswers.delegatesTo(manager));
			Mockito.doThrow(new IllegalStateException("no")).when(failing).removeListener(ArgumentMatchers.any());
			return failing;
		}

	}

	abstract static class StopsItself {

		final CompletableFuture<Void> result = new CompletableFuture<>();

	}

	static class Later extends StopsItself {

		@NatsListener(id = "later", subjects = "orders.later", stream = "ORDERS", consumer = "later",
				errorHandler = "stopping")
		CompletableFuture<Void> handle(String text) {
			return this.result;
		}

	}

	static class LaterBatch extends StopsItself {

		@NatsListener(id = "later-batch", subjects = "orders.later", stream = "ORDERS", consumer = "later-batch",
				errorHandler = "stopping")
		CompletableFuture<Void> handle(List<String> texts) {
			return this.result;
		}

	}

	static class LaterCore extends StopsItself {

		@NatsListener(id = "later-core", subjects = "orders.later", errorHandler = "stopping")
		CompletableFuture<Void> handle(String text) {
			return this.result;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class StoppingErrorHandler {

		final Queue<String> stopped = new ConcurrentLinkedQueue<>();

		@Bean
		ListenerErrorHandler stopping(
				org.springframework.beans.factory.ObjectProvider<NatsListenerEndpointRegistry> registry) {
			return (failure) -> {
				String id = failure.endpoint().id();
				registry.getObject().getListenerContainer(id).stop();
				this.stopped.add(id);
				return FailureAction.retry(Duration.ZERO);
			};
		}

	}

}

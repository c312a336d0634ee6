package dev.natsboot.annotation;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.testsupport.InTime;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static io.nats.client.Connection.Status.CONNECTED;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Core listeners that are stopped or paused while the server is away.
 */
class DisconnectedStopTests {

	private static final int MESSAGES = 5;

	private static final List<String> ALL = IntStream.range(0, MESSAGES).mapToObj(String::valueOf).toList();

	@AutoClose
	private final ListenerRig rig = new ListenerRig();

	static Stream<Arguments> endings() {
		Named<Consumer<ListenerContainer>> stop = Named.of("stop", ListenerContainer::stop);
		Named<Consumer<ListenerContainer>> pause = Named.of("pause", ListenerContainer::pause);
		return Stream.of(Arguments.of("one", stop), Arguments.of("two", stop), Arguments.of("one", pause),
				Arguments.of("two", pause));
	}

	@ParameterizedTest
	@MethodSource("endings")
	void whatHasComeIsHandledWithoutAnInterruption(String id, Consumer<ListenerContainer> ending) {
		runner().run((context) -> {
			Listeners listeners = context.getBean(Listeners.class);
			ListenerContainer container = disconnected(context, id);
			CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> ending.accept(container));
			await().during(ofMillis(300)).until(() -> !ended.isDone());
			listeners.release.countDown();
			await().until(ended::isDone);
			assertThat(ended).isCompleted();
			assertThat(listeners.handled).containsExactlyInAnyOrderElementsOf(ALL);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "one", "two" })
	void nothingMoreComesAfterAStopDuringWhichTheServerCameBack(String id) {
		runner().run((context) -> {
			Listeners listeners = context.getBean(Listeners.class);
			ListenerContainer container = disconnected(context, id);
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(container::stop);
			await().until(() -> container.getState().status() == Status.STOPPING);
			this.rig.server().start();
			await().until(() -> context.getBean(NatsConnectionManager.class).current().getStatus() == CONNECTED);
			assertThat(stopped).isNotDone();
			listeners.release.countDown();
			await().until(stopped::isDone);
			assertThat(container.getState().status()).isEqualTo(Status.STOPPED);
			this.rig.connect();
			assertThat(this.rig.client().request("work." + id, "more".getBytes(), ofMinutes(1))).isNull();
			assertThat(listeners.handled).containsExactlyInAnyOrderElementsOf(ALL);
		});
	}

	@Test
	void aListenerThatHandlesNothingStopsAtOnce() {
		runner().run((context) -> {
			this.rig.server().stop();
			ListenerContainer container = container(context, "one");
			await().until(() -> container.getState().status() == Status.RECOVERING);
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(container::stop);
			await().until(stopped::isDone);
			assertThat(container.getState().status()).isEqualTo(Status.STOPPED);
		});
	}

	@Test
	void aStopThatTakesTooLongInterruptsTheHandler() {
		runner().withPropertyValues("nats.listener.shutdown-timeout=200ms").run((context) -> {
			ListenerContainer container = disconnected(context, "one");
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(container::stop);
			await().until(stopped::isDone);
			Listeners listeners = context.getBean(Listeners.class);
			await().until(() -> listeners.interrupted.size() == 1);
			assertThat(listeners.handled).isEmpty();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "one", "two" })
	void aHandlerThatStopsItsListenerIsNotInterruptedAndWhatHasComeIsHandled(String id) {
		runner().run((context) -> {
			Listeners listeners = context.getBean(Listeners.class);
			disconnected(context, id);
			listeners.stop = true;
			listeners.release.countDown();
			await().untilAsserted(() -> assertThat(listeners.handled).containsExactlyInAnyOrderElementsOf(ALL));
			await().until(() -> container(context, id).getState().status() == Status.STOPPING
					|| container(context, id).getState().status() == Status.STOPPED);
			assertThat(listeners.interrupted).isEmpty();
		});
	}

	private ApplicationContextRunner runner() {
		return this.rig.runner(Listeners.class).withPropertyValues("nats.listener.shutdown-timeout=5m");
	}

	/**
	 * A listener whose messages have all come, when the server is away.
	 */
	private ListenerContainer disconnected(AssertableApplicationContext context, String id) {
		ListenerContainer container = container(context, id);
		await().until(() -> container.getState().status() == Status.RUNNING);
		ALL.forEach((text) -> this.rig.client().publish("work." + id, text.getBytes()));
		await()
			.until(() -> context.getBean(NatsConnectionManager.class).current().getStatistics().getInMsgs() >= MESSAGES
					&& !context.getBean(Listeners.class).begun.isEmpty());
		this.rig.server().stop();
		await().until(() -> container.getState().status() == Status.RECOVERING);
		return container;
	}

	private static ListenerContainer container(AssertableApplicationContext context, String id) {
		return context.getBean(NatsListenerEndpointRegistry.class).getListenerContainer(id);
	}

	static class Listeners {

		final Queue<String> begun = new ConcurrentLinkedQueue<>();

		final Queue<String> handled = new ConcurrentLinkedQueue<>();

		final Queue<String> interrupted = new ConcurrentLinkedQueue<>();

		final CountDownLatch release = new CountDownLatch(1);

		volatile boolean stop;

		private final ObjectProvider<NatsListenerEndpointRegistry> registry;

		Listeners(ObjectProvider<NatsListenerEndpointRegistry> registry) {
			this.registry = registry;
		}

		@NatsListener(id = "one", subjects = "work.one")
		void one(String text) {
			handle("one", text);
		}

		@NatsListener(id = "two", subjects = "work.two", concurrency = "2")
		void two(String text) {
			handle("two", text);
		}

		private void handle(String id, String text) {
			this.begun.add(text);
			try {
				InTime.await(this.release);
				if (this.stop) {
					this.registry.getObject().getListenerContainer(id).stop();
				}
				if (Thread.interrupted()) {
					throw new InterruptedException();
				}
				this.handled.add(text);
			}
			catch (InterruptedException ex) {
				this.interrupted.add(text);
			}
		}

	}

}

package dev.natsboot.annotation;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.connection.NatsNotConnectedException;
import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.testsupport.InTime;
import io.nats.client.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Handlers that still run because of an earlier stop or pause, and the stops that follow.
 */
class RunningHandlerStopTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>");

	@ParameterizedTest
	@ValueSource(strings = { "pull", "push", "core" })
	void theConnectionIsClosedAfterTheHandlersOfAPausedListenerHaveEnded(String id) {
		runner(Listeners.class).run((context) -> {
			Listeners listeners = context.getBean(Listeners.class);
			ListenerContainer container = running(context, id);
			CompletableFuture<Void> paused = CompletableFuture.runAsync(container::pause);
			await().until(() -> container.getState().status() == Status.PAUSED);
			Connection connection = context.getBean(NatsConnectionManager.class).current();
			CompletableFuture<Void> closed = CompletableFuture.runAsync(context.getSourceApplicationContext()::close);
			await().during(Duration.ofMillis(300)).until(() -> isOpen(connection));
			assertEndsWithTheHandler(listeners, id, closed);
			assertThat(connection.getStatus()).isEqualTo(Connection.Status.CLOSED);
			await().until(paused::isDone);
			assertThat(container.getState().status()).isEqualTo(Status.STOPPED);
		});
	}

	/**
	 * One that is being drained is connected as long as a handler runs on a thread of the
	 * client, but takes no subscription.
	 */
	private static boolean isOpen(Connection connection) {
		connection.subscribe("probe").unsubscribe();
		return connection.getStatus() == Connection.Status.CONNECTED;
	}

	@ParameterizedTest
	@ValueSource(strings = { "pull", "push", "core" })
	void aStopDuringAnotherWaitsToo(String id) {
		runner(Listeners.class).run((context) -> {
			Listeners listeners = context.getBean(Listeners.class);
			ListenerContainer container = running(context, id);
			CompletableFuture<Void> first = CompletableFuture.runAsync(container::stop);
			await().until(() -> container.getState().status() == Status.STOPPING);
			CompletableFuture<Void> second = CompletableFuture.runAsync(container::stop);
			assertEndsWithTheHandler(listeners, id, second);
			await().until(first::isDone);
			assertThat(container.getState().status()).isEqualTo(Status.STOPPED);
		});
	}

	@Test
	void aPauseDuringAnotherWaitsToo() {
		runner(Listeners.class).run((context) -> {
			Listeners listeners = context.getBean(Listeners.class);
			ListenerContainer container = running(context, "pull");
			CompletableFuture<Void> first = CompletableFuture.runAsync(container::pause);
			await().until(() -> container.getState().status() == Status.PAUSED);
			CompletableFuture<Void> second = CompletableFuture.runAsync(container::pause);
			assertEndsWithTheHandler(listeners, "pull", second);
			await().until(first::isDone);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "pull", "pull-2", "push", "core", "core-2" })
	void aStopWaitsForTheHandlerThatHasStoppedItsListener(String id) {
		runner(Listeners.class).run((context) -> {
			Listeners listeners = context.getBean(Listeners.class);
			listeners.stopFirst = true;
			ListenerContainer container = running(context, id);
			await().until(() -> container.getState().status() == Status.STOPPED);
			CompletableFuture<Void> closed = CompletableFuture.runAsync(context.getSourceApplicationContext()::close);
			assertEndsWithTheHandler(listeners, id, closed);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "pull", "pull-2", "push", "core", "core-2" })
	void aHandlerThatStopsItsListenerDuringAStopDoesNotWaitForItself(String id) {
		runner(Listeners.class).run((context) -> {
			Listeners listeners = context.getBean(Listeners.class);
			listeners.stopLast = true;
			ListenerContainer container = running(context, id);
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(container::stop);
			await().until(() -> container.getState().status() == Status.STOPPING);
			listeners.release.countDown();
			await().until(stopped::isDone);
			assertThat(listeners.ended).containsExactly(id);
		});
	}

	/**
	 * The client interrupts those that run on its own thread.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "pull", "pull-2", "push", "core-2" })
	void aStopWaitsForTheHandlersOfAConnectionThatWasReplaced(String id) {
		runner(Listeners.class).run((context) -> {
			Listeners listeners = context.getBean(Listeners.class);
			ListenerContainer container = running(context, id);
			NatsConnectionManager connections = context.getBean(NatsConnectionManager.class);
			Connection old = connections.current();
			old.close();
			await().ignoreException(NatsNotConnectedException.class)
				.until(() -> connections.current() != old && container.getState().status() == Status.RUNNING);
			CompletableFuture<Void> stop = CompletableFuture.runAsync(container::stop);
			await().during(Duration.ofMillis(300)).until(() -> !stop.isDone());
			listeners.release.countDown();
			await().until(stop::isDone);
			assertThat(listeners.ended).containsExactly(id);
		});
	}

	@Test
	void aListenerReceivesNoMoreWhenItsStopFails() {
		runner(Listeners.class, StopTests.FailingStop.class).run((context) -> {
			ListenerContainer container = container(context, "pull");
			await().until(() -> container.getState().status() == Status.RUNNING);
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "pull").getNumWaiting()).isPositive());
			assertThatIllegalStateException().isThrownBy(container::stop);
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "pull").getNumWaiting()).isZero());
			assertThat(container.getState().status()).isEqualTo(Status.STOPPED);
		});
	}

	private static void assertEndsWithTheHandler(Listeners listeners, String id, CompletableFuture<Void> stop) {
		await().during(Duration.ofMillis(300)).until(() -> !stop.isDone());
		listeners.release.countDown();
		await().until(stop::isDone);
		assertThat(stop).isCompleted();
		assertThat(listeners.ended).containsExactly(id);
		if (!id.startsWith("core")) {
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", id).getNumAckPending()).isZero());
		}
	}

	private static ApplicationContextRunner runner(Class<?>... configurations) {
		return rig.runner(configurations).withPropertyValues("nats.listener.shutdown-timeout=5m");
	}

	private static ListenerContainer running(AssertableApplicationContext context, String id) {
		await().until(() -> container(context, id).getState().status() == Status.RUNNING);
		rig.publish("orders." + id, id);
		await().until(() -> context.getBean(Listeners.class).begun.contains(id));
		return container(context, id);
	}

	private static ListenerContainer container(AssertableApplicationContext context, String id) {
		return context.getBean(NatsListenerEndpointRegistry.class).getListenerContainer(id);
	}

	static class Listeners {

		final Queue<String> begun = new ConcurrentLinkedQueue<>();

		final Queue<String> ended = new ConcurrentLinkedQueue<>();

		final CountDownLatch release = new CountDownLatch(1);

		volatile boolean stopFirst;

		volatile boolean stopLast;

		private final ObjectProvider<NatsListenerEndpointRegistry> registry;

		Listeners(ObjectProvider<NatsListenerEndpointRegistry> registry) {
			this.registry = registry;
		}

		@NatsListener(id = "pull", subjects = "orders.pull", stream = "ORDERS", consumer = "pull")
		void pull(String id) throws InterruptedException {
			handle(id);
		}

		@NatsListener(id = "push", subjects = "orders.push", stream = "ORDERS", consumer = "push",
				consumerType = "push")
		void push(String id) throws InterruptedException {
			handle(id);
		}

		@NatsListener(id = "core", subjects = "orders.core")
		void core(String id) throws InterruptedException {
			handle(id);
		}

		@NatsListener(id = "pull-2", subjects = "orders.pull-2", stream = "ORDERS", consumer = "pull-2",
				concurrency = "2")
		void pullWithTwoWorkers(String id) throws InterruptedException {
			handle(id);
		}

		@NatsListener(id = "core-2", subjects = "orders.core-2", concurrency = "2")
		void coreWithTwoWorkers(String id) throws InterruptedException {
			handle(id);
		}

		private void handle(String id) throws InterruptedException {
			this.begun.add(id);
			stop(id, this.stopFirst);
			InTime.await(this.release);
			stop(id, this.stopLast);
			this.ended.add(id);
		}

		private void stop(String id, boolean wanted) {
			if (wanted) {
				this.registry.getObject().getListenerContainer(id).stop();
			}
		}

	}

}

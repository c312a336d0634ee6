package dev.natsboot.annotation;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import io.nats.client.Connection;
import io.nats.client.api.ConsumerInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Stops, starts and failures over which a listener must stay what it is.
 */
class ListenerLifecycleTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>");

	@Test
	void aStopWaitsForAResultThatIsStillToComeAndAcknowledgesIt() {
		rig.publish("orders.later", "1");
		rig.runner(Later.class).run((context) -> {
			Later listener = context.getBean(Later.class);
			await().untilAsserted(() -> assertThat(listener.begun).hasValue(1));
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(container(context, "later")::stop);
			await().until(() -> container(context, "later").getState().status() == Status.STOPPING);
			assertThat(stopped).isNotDone();
			listener.result.complete("done");
			await().until(stopped::isDone);
			assertThat(rig.consumer("ORDERS", "later").getNumAckPending()).isZero();
		});
	}

	@Test
	void aResultThatDoesNotComeInTimeIsCancelledAndItsMessageGivenBack() {
		rig.publish("orders.later", "1");
		rig.runner(Later.class).withPropertyValues("nats.listener.shutdown-timeout=100ms").run((context) -> {
			Later listener = context.getBean(Later.class);
			await().untilAsserted(() -> assertThat(listener.begun).hasValue(1));
			container(context, "later").stop();
			assertThat(listener.result).isCancelled();
			assertThat(rig.consumer("ORDERS", "later").getAckFloor().getStreamSequence()).isZero();
			container(context, "later").start();
			await().untilAsserted(() -> assertThat(listener.begun).hasValue(2));
		});
	}

	@Test
	void aResultOfABatchThatDoesNotComeInTimeIsCancelledAndAllItsMessagesGivenBack() {
		IntStream.range(0, 3).forEach((number) -> rig.publish("orders.batch", Integer.toString(number)));
		rig.runner(LaterBatch.class).withPropertyValues("nats.listener.shutdown-timeout=100ms").run((context) -> {
			LaterBatch listener = context.getBean(LaterBatch.class);
			await().untilAsserted(() -> assertThat(listener.begun).containsExactly(List.of("0", "1", "2")));
			container(context, "later-batch").stop();
			assertThat(listener.result).isCancelled();
			assertThat(rig.consumer("ORDERS", "later-batch").getAckFloor().getStreamSequence()).isZero();
			container(context, "later-batch").start();
			await().untilAsserted(() -> assertThat(listener.begun.stream().flatMap(List::stream))
				.containsExactlyInAnyOrder("0", "1", "2", "0", "1", "2"));
		});
	}

	@Test
	void theCallbackOfAStopRunsOnceWhateverTheState() {
		rig.runner(Later.class, Manual.class).run((context) -> {
			NatsListenerEndpointRegistry registry = context.getBean(NatsListenerEndpointRegistry.class);
			AtomicInteger calls = new AtomicInteger();
			registry.stop(calls::incrementAndGet);
			await().untilAsserted(() -> assertThat(calls).hasValue(1));
			registry.stop(calls::incrementAndGet);
			await().untilAsserted(() -> assertThat(calls).hasValue(2));
			registry.start();
			assertThat(container(context, "later").getState().status()).isEqualTo(Status.RUNNING);
		});
		rig.runner().run((context) -> {
			AtomicInteger calls = new AtomicInteger();
			context.getBean(NatsListenerEndpointRegistry.class).stop(calls::incrementAndGet);
			await().untilAsserted(() -> assertThat(calls).hasValue(1));
		});
	}

	@Test
	void aListenerThatDoesNotStartByItselfStaysSoWhenTheContextIsStartedAgain() {
		rig.runner(Manual.class).run((context) -> {
			assertThat(container(context, "manual").isRunning()).isFalse();
			container(context, "manual").start();
			rig.publish("orders.manual", "1");
			Manual listener = context.getBean(Manual.class);
			await().untilAsserted(() -> assertThat(listener.received).containsExactly("1"));
			context.getSourceApplicationContext().stop();
			context.getSourceApplicationContext().start();
			assertThat(container(context, "manual").isRunning()).isFalse();
		});
	}

	@Test
	void anErrorFailsItsMessageAndNotTheListener() {
		rig.publish("orders.error", "1");
		rig.publish("orders.error", "2");
		rig.runner(Erroneous.class).run((context) -> {
			Erroneous listener = context.getBean(Erroneous.class);
			await().untilAsserted(() -> assertThat(listener.handled).containsExactlyInAnyOrder("1", "2"));
			assertThat(container(context, "erroneous").getState().status()).isEqualTo(Status.RUNNING);
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "erroneous").getNumAckPending()).isZero());
		});
	}

	@Test
	void aListenerFollowsTheConnectionThatReplacesAClosedOne() {
		rig.runner(Manual.class, Reactive.class).run((context) -> {
			container(context, "manual").start();
			NatsConnectionManager connections = context.getBean(NatsConnectionManager.class);
			Connection closed = connections.current();
			closed.close();
			await().ignoreExceptions().until(() -> connections.current() != closed);
			rig.publish("orders.manual", "1");
			await().untilAsserted(() -> assertThat(context.getBean(Manual.class).received).containsExactly("1"));
		});
	}

	@Test
	void aCoreListenerFollowsTheConnectionThatReplacesAClosedOne() {
		rig.runner(Core.class).run((context) -> {
			NatsConnectionManager connections = context.getBean(NatsConnectionManager.class);
			Connection closed = connections.current();
			closed.close();
			await().ignoreExceptions().until(() -> connections.current() != closed);
			await().untilAsserted(() -> {
				rig.client().publish("core.work", "1".getBytes());
				assertThat(context.getBean(Core.class).received).contains("1");
			});
		});
	}

	@Test
	void aMonoIsAwaitedAndItsErrorFailsTheMessage() {
		rig.publish("orders.mono", "1");
		rig.runner(Reactive.class).run((context) -> {
			Reactive listener = context.getBean(Reactive.class);
			await().untilAsserted(() -> assertThat(listener.completed).containsExactly("1"));
			assertThat(listener.subscriptions).hasValue(2);
			await().untilAsserted(() -> assertThat(rig.consumer("ORDERS", "reactive").getNumAckPending()).isZero());
		});
	}

	@Test
	void aMonoThatDoesNotCompleteInTimeIsCancelledAndItsMessageGivenBack() {
		rig.publish("orders.never", "1");
		rig.runner(Never.class).withPropertyValues("nats.listener.shutdown-timeout=100ms").run((context) -> {
			Never listener = context.getBean(Never.class);
			await().untilAsserted(() -> assertThat(listener.subscriptions).hasValue(1));
			container(context, "never").stop();
			assertThat(listener.cancellations).hasValue(1);
			assertThat(rig.consumer("ORDERS", "never").getAckFloor().getStreamSequence()).isZero();
			container(context, "never").start();
			await().untilAsserted(() -> assertThat(listener.subscriptions).hasValue(2));
		});
	}

	private static ListenerContainer container(AssertableApplicationContext context, String id) {
		return context.getBean(NatsListenerEndpointRegistry.class).getListenerContainer(id);
	}

	static class Later {

		final AtomicInteger begun = new AtomicInteger();

		final CompletableFuture<String> result = new CompletableFuture<>();

		@NatsListener(id = "later", stream = "ORDERS", subjects = "orders.later", consumer = "later")
		CompletableFuture<String> handle(String text) {
			this.begun.incrementAndGet();
			return this.result;
		}

	}

	static class LaterBatch {

		final Queue<List<String>> begun = new ConcurrentLinkedQueue<>();

		final CompletableFuture<Void> result = new CompletableFuture<>();

		@NatsListener(id = "later-batch", stream = "ORDERS", subjects = "orders.batch", consumer = "later-batch",
				batchSize = "3", batchLinger = "5s")
		CompletableFuture<Void> handle(List<String> texts) {
			this.begun.add(List.copyOf(texts));
			return this.result;
		}

	}

	static class Manual {

		final Queue<String> received = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "manual", stream = "ORDERS", subjects = "orders.manual", consumer = "manual",
				autoStartup = "false")
		void handle(String text) {
			this.received.add(text);
		}

	}

	static class Core {

		final Queue<String> received = new ConcurrentLinkedQueue<>();

		@NatsListener("core.work")
		void handle(String text) {
			this.received.add(text);
		}

	}

	static class Erroneous {

		final Queue<String> handled = new ConcurrentLinkedQueue<>();

		private final AtomicInteger calls = new AtomicInteger();

		@NatsListener(id = "erroneous", stream = "ORDERS", subjects = "orders.error", consumer = "erroneous",
				backoff = "100ms")
		void handle(String text) {
			if (this.calls.incrementAndGet() == 1) {
				throw new StackOverflowError("Too deep");
			}
			this.handled.add(text);
		}

	}

	static class Reactive {

		final AtomicInteger subscriptions = new AtomicInteger();

		final Queue<String> completed = new ConcurrentLinkedQueue<>();

		@NatsListener(stream = "ORDERS", subjects = "orders.mono", consumer = "reactive", backoff = "10ms")
		Mono<Void> handle(String text) {
			return Mono.fromRunnable(() -> {
				if (this.subscriptions.incrementAndGet() == 1) {
					throw new IllegalStateException("Fails the first time");
				}
				this.completed.add(text);
			});
		}

	}

	static class Never {

		final AtomicInteger subscriptions = new AtomicInteger();

		final AtomicInteger cancellations = new AtomicInteger();

		@NatsListener(id = "never", stream = "ORDERS", subjects = "orders.never", consumer = "never")
		Mono<Void> handle(String text) {
			return Mono.<Void>never()
				.doOnSubscribe((subscription) -> this.subscriptions.incrementAndGet())
				.doOnCancel(this.cancellations::incrementAndGet);
		}

	}

}

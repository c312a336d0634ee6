package dev.natsboot.annotation;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.core.NatsExecutor;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.observation.MicrometerNatsMetrics;
import dev.natsboot.observation.NatsMetrics;
import dev.natsboot.observation.SubjectTags;
import dev.natsboot.service.ServiceError;
import dev.natsboot.testsupport.InTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.Nats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.AdditionalAnswers;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;

/**
 * What goes wrong around a core listener, and must not end it.
 */
class CoreListenerFaultTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig();

	@Test
	void messagesThatGetNoThreadFailAndLaterOnesAreHandled() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		rig.runner(Concurrent.class, TwoRejections.class)
			.withBean(NatsMetrics.class,
					() -> new MicrometerNatsMetrics(meters, new SubjectTags(10, List.of()), List.of()))
			.withPropertyValues("nats.listener.shutdown-timeout=5m")
			.run((context) -> {
				List.of("1", "2", "3", "4").forEach((text) -> rig.client().publish("faults.work", text.getBytes()));
				Concurrent listener = context.getBean(Concurrent.class);
				await().untilAsserted(() -> assertThat(listener.handled).containsExactlyInAnyOrder("3", "4"));
				assertThat(meters.get("nats.messages.consumed").tag("outcome", "failure").counter().count())
					.isEqualTo(2);
				ListenerContainer container = context.getBean(NatsListenerEndpointRegistry.class)
					.getListenerContainer("concurrent");
				CompletableFuture<Void> stopped = CompletableFuture.runAsync(container::stop);
				await().until(stopped::isDone);
			});
	}

	@Test
	void whoAskedIsToldThatThereWasNoThread() {
		rig.runner(Concurrent.class, TwoRejections.class).run((context) -> {
			assertThat(request("1").getHeaders().getFirst(ServiceError.CODE_HEADER)).isEqualTo("500");
			assertThat(request("2").getHeaders().getFirst(ServiceError.CODE_HEADER)).isEqualTo("500");
			assertThat(request("3").getData()).asString().isEqualTo("3 done");
		});
	}

	@Test
	void aStopDoesNotWaitForAMessageThatGotNoWorkerBeforeTheConnectionEnded() throws Exception {
		try (ListenerRig own = new ListenerRig()) {
			own.runner(Blocking.class).withPropertyValues("nats.listener.shutdown-timeout=5m").run((context) -> {
				Blocking listener = context.getBean(Blocking.class);
				List.of("1", "2", "3").forEach((text) -> own.client().publish("faults.blocking", text.getBytes()));
				await().until(() -> listener.begun.size() == 2 && isOneWaitingForAWorker());
				own.server().stop();
				context.getBean(NatsConnectionManager.class).current().close();
				listener.release.countDown();
				ListenerContainer container = context.getBean(NatsListenerEndpointRegistry.class)
					.getListenerContainer("blocking");
				CompletableFuture<Void> stopped = CompletableFuture.runAsync(container::stop);
				await().until(stopped::isDone);
				assertThat(listener.begun).hasSize(2);
			});
		}
	}

	private static boolean isOneWaitingForAWorker() {
		return Thread.getAllStackTraces()
			.values()
			.stream()
			.map(Arrays::asList)
			.anyMatch((stack) -> stack.stream().anyMatch((frame) -> frame.getClassName().endsWith(".Semaphore"))
					&& stack.stream().anyMatch((frame) -> frame.getClassName().startsWith("dev.natsboot.listener.")));
	}

	@Test
	void anAttemptToSubscribeThatFailsLeavesNoDispatcherBehind() {
		rig.runner(Concurrent.class, FailingSubscriptions.class).run((context) -> {
			ListenerContainer container = context.getBean(NatsListenerEndpointRegistry.class)
				.getListenerContainer("concurrent");
			await().until(() -> container.getState().status() == Status.RUNNING);
			assertThat(request("1").getData()).asString().isEqualTo("1 done");
			List<Dispatcher> dispatchers = context.getBean(FailingSubscriptions.class).dispatchers;
			assertThat(dispatchers).hasSize(3);
			await().untilAsserted(
					() -> assertThat(dispatchers).extracting(Dispatcher::isActive).containsExactly(false, false, true));
		});
	}

	private static Message request(String text) throws Exception {
		return rig.client().request("faults.work", text.getBytes(), Duration.ofSeconds(10));
	}

	static class Concurrent {

		final Queue<String> handled = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "concurrent", subjects = "faults.work", concurrency = "2")
		String handle(String text) {
			this.handled.add(text);
			return text + " done";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoRejections {

		@Bean
		NatsExecutor natsExecutor() {
			AtomicInteger rejections = new AtomicInteger(2);
			return NatsExecutor.of((task) -> {
				if (rejections.getAndDecrement() > 0) {
					throw new RejectedExecutionException("busy");
				}
				new Thread(task).start();
			});
		}

	}

	static class Blocking {

		final Queue<String> begun = new ConcurrentLinkedQueue<>();

		final CountDownLatch release = new CountDownLatch(1);

		@NatsListener(id = "blocking", subjects = "faults.blocking", concurrency = "2")
		void handle(String text) throws InterruptedException {
			this.begun.add(text);
			InTime.await(this.release);
		}

	}

	/**
	 * The client refuses the first two subscriptions.
	 */
	@Configuration(proxyBeanMethods = false)
	static class FailingSubscriptions {

		final List<Dispatcher> dispatchers = new CopyOnWriteArrayList<>();

		@Bean
		Connection real() throws Exception {
			return Nats.connect(rig.server().url());
		}

		@Bean
		@Primary
		NatsConnectionManager failingConnection(Connection real) {
			Connection connection = mock(Connection.class, AdditionalAnswers.delegatesTo(real));
			doAnswer((call) -> dispatcher(real.createDispatcher(call.getArgument(0)))).when(connection)
				.createDispatcher(any());
			doAnswer((call) -> {
				real.closeDispatcher(this.dispatchers.get(this.dispatchers.size() - 1));
				return null;
			}).when(connection).closeDispatcher(any());
			return NatsConnectionManager.of(connection);
		}

		private Dispatcher dispatcher(Dispatcher real) {
			this.dispatchers.add(real);
			Dispatcher dispatcher = mock(Dispatcher.class, AdditionalAnswers.delegatesTo(real));
			if (this.dispatchers.size() < 3) {
				doThrow(new IllegalStateException("on purpose")).when(dispatcher).subscribe(anyString());
			}
			return dispatcher;
		}

	}

}

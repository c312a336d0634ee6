package dev.natsboot.annotation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.connection.NatsNotConnectedException;
import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.listener.FailureAction;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.ListenerErrorHandler;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.service.ServiceError;
import dev.natsboot.testsupport.InTime;
import io.nats.client.Connection;
import io.nats.client.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Core listeners whose results come later, or never.
 */
class LaterResultTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig();

	@ParameterizedTest
	@ValueSource(strings = { "future", "mono", "several" })
	void whatDoesNotComeInTimeIsCancelledAtAStopAndWhoAskedIsTold(String id) {
		runner("300ms").run((context) -> {
			Results results = context.getBean(Results.class);
			CompletableFuture<Message> reply = request(id, "1");
			await().until(() -> results.begun.contains("1"));
			container(context, id).stop();
			assertStopping(reply);
			assertThat(results.cancelled).containsExactly("1");
			assertThat(container(context, id).getState().status()).isEqualTo(Status.STOPPED);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "future", "several" })
	void aStopWaitsForAResultThatComesInTime(String id) {
		runner("5m").run((context) -> {
			Results results = context.getBean(Results.class);
			CompletableFuture<Message> reply = request(id, "1");
			await().until(() -> results.begun.contains("1"));
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(container(context, id)::stop);
			await().during(Duration.ofMillis(300)).until(() -> !stopped.isDone());
			results.complete("1");
			assertThat(text(reply)).isEqualTo("1 done");
			await().until(stopped::isDone);
			assertThat(results.cancelled).isEmpty();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "future", "several" })
	void aStopWaitsForTheResultsOfAConnectionThatWasReplaced(String id) {
		runner("5m").run((context) -> {
			Results results = context.getBean(Results.class);
			CompletableFuture<Message> reply = request(id, "1");
			await().until(() -> results.begun.contains("1"));
			replaceConnection(context, id);
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(container(context, id)::stop);
			await().during(Duration.ofMillis(300)).until(() -> !stopped.isDone());
			results.complete("1");
			assertThat(text(reply)).isEqualTo("1 done");
			await().until(stopped::isDone);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "future", "several" })
	void aStopCancelsTheResultsOfAConnectionThatWasReplaced(String id) {
		runner("300ms").run((context) -> {
			Results results = context.getBean(Results.class);
			CompletableFuture<Message> reply = request(id, "1");
			await().until(() -> results.begun.contains("1"));
			replaceConnection(context, id);
			container(context, id).stop();
			assertStopping(reply);
			assertThat(results.cancelled).containsExactly("1");
		});
	}

	@Test
	void aResultThatIsPromisedAfterTheTimeoutIsCancelledAtOnce() {
		runner("300ms").run((context) -> {
			Results results = context.getBean(Results.class);
			CompletableFuture<Message> reply = request("blocking", "1");
			await().until(() -> results.begun.contains("1"));
			container(context, "blocking").stop();
			assertThat(reply).isNotDone();
			results.release.countDown();
			assertStopping(reply);
			await().untilAsserted(() -> assertThat(results.cancelled).containsExactly("1"));
		});
	}

	@Test
	void messagesBehindAResultThatDoesNotComeAreAnsweredAtAStop() {
		runner("300ms").run((context) -> {
			Results results = context.getBean(Results.class);
			List<CompletableFuture<Message>> replies = requests("future", 4);
			await().until(() -> results.begun.contains("1"));
			rig.client().flush(Duration.ofSeconds(2));
			container(context, "future").stop();
			for (CompletableFuture<Message> each : replies) {
				assertStopping(each);
			}
			assertThat(results.begun).containsExactly("1");
			assertThat(results.failures).isEmpty();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "future", "mono", "several" })
	void asManyResultsAreToComeAsConcurrencySays(String id) {
		int concurrency = id.equals("several") ? 2 : 1;
		runner("5s").run((context) -> {
			Results results = context.getBean(Results.class);
			List<CompletableFuture<Message>> replies = requests(id, 5);
			for (int i = 1; i <= 5; i++) {
				int most = Math.min(5, i - 1 + concurrency);
				await().until(() -> results.begun.size() == most);
				await().during(Duration.ofMillis(100)).until(() -> results.begun.size() == most);
				results.complete(Integer.toString(i));
				assertThat(text(replies.get(i - 1))).isEqualTo(i + " done");
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "failing", "failing-several" })
	void noFailureKeepsTheNextMessageFromBeingHandled(String id) {
		runner("5m").run((context) -> {
			for (String text : List.of("later", "now", "thrown", "cancelled", "later", "later", "done", "done",
					"done")) {
				Message reply = request(id, text).get(5, TimeUnit.SECONDS);
				String code = text.equals("done") ? null : "500";
				String actual = reply.hasHeaders() ? reply.getHeaders().getFirst(ServiceError.CODE_HEADER) : null;
				assertThat(actual).as(text).isEqualTo(code);
			}
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(container(context, id)::stop);
			await().until(stopped::isDone);
		});
	}

	/**
	 * Close it for good, and wait until the listener receives by another one.
	 */
	private static void replaceConnection(AssertableApplicationContext context, String id) throws Exception {
		NatsConnectionManager connections = context.getBean(NatsConnectionManager.class);
		Connection old = connections.current();
		old.close();
		await().ignoreException(NatsNotConnectedException.class)
			.until(() -> connections.current() != old && container(context, id).getState().status() == Status.RUNNING);
		CompletableFuture<Message> reply = request(id, "other");
		await().until(() -> context.getBean(Results.class).begun.contains("other"));
		context.getBean(Results.class).complete("other");
		assertThat(text(reply)).isEqualTo("other done");
	}

	private static ApplicationContextRunner runner(String shutdownTimeout) {
		return rig.runner(Results.class).withPropertyValues("nats.listener.shutdown-timeout=" + shutdownTimeout);
	}

	private static CompletableFuture<Message> request(String id, String text) {
		return rig.client().request("later." + id, text.getBytes());
	}

	private static List<CompletableFuture<Message>> requests(String id, int count) {
		return IntStream.rangeClosed(1, count).mapToObj((number) -> request(id, Integer.toString(number))).toList();
	}

	private static String text(CompletableFuture<Message> reply) throws Exception {
		return new String(reply.get(5, TimeUnit.SECONDS).getData());
	}

	private static void assertStopping(CompletableFuture<Message> reply) throws Exception {
		Message message = reply.get(5, TimeUnit.SECONDS);
		assertThat(message.hasHeaders()).isTrue();
		assertThat(message.getHeaders().getFirst(ServiceError.CODE_HEADER)).isEqualTo("503");
		assertThat(message.getHeaders().getFirst(ServiceError.TEXT_HEADER)).isEqualTo("Service is stopping");
	}

	private static ListenerContainer container(AssertableApplicationContext context, String id) {
		return context.getBean(NatsListenerEndpointRegistry.class).getListenerContainer(id);
	}

	static class Results {

		final Queue<String> begun = new ConcurrentLinkedQueue<>();

		final Queue<String> cancelled = new ConcurrentLinkedQueue<>();

		final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

		final CountDownLatch release = new CountDownLatch(1);

		private final Map<String, CompletableFuture<String>> results = new ConcurrentHashMap<>();

		@Bean
		ListenerErrorHandler errorHandler() {
			return (failure) -> {
				this.failures.add(failure.cause());
				return FailureAction.discard();
			};
		}

		@NatsListener(id = "future", subjects = "later.future")
		CompletableFuture<String> future(String text) {
			return promise(text);
		}

		@NatsListener(id = "mono", subjects = "later.mono")
		Mono<String> mono(String text) {
			return Mono.fromFuture(promise(text));
		}

		@NatsListener(id = "several", subjects = "later.several", concurrency = "2")
		CompletableFuture<String> several(String text) {
			return promise(text);
		}

		@NatsListener(id = "blocking", subjects = "later.blocking", concurrency = "2")
		CompletableFuture<String> blocking(String text) throws InterruptedException {
			CompletableFuture<String> promise = promise(text);
			InTime.await(this.release);
			return promise;
		}

		@NatsListener(id = "failing", subjects = "later.failing")
		CompletableFuture<String> failing(String text) {
			return fail(text);
		}

		@NatsListener(id = "failing-several", subjects = "later.failing-several", concurrency = "2")
		CompletableFuture<String> failingSeveral(String text) {
			return fail(text);
		}

		void complete(String text) {
			this.results.get(text).complete(text + " done");
		}

		private CompletableFuture<String> promise(String text) {
			CompletableFuture<String> promise = new CompletableFuture<>();
			promise.whenComplete((result, failure) -> {
				if (promise.isCancelled()) {
					this.cancelled.add(text);
				}
			});
			this.results.put(text, promise);
			this.begun.add(text);
			return promise;
		}

		private static CompletableFuture<String> fail(String text) {
			CompletableFuture<String> promise = new CompletableFuture<>();
			switch (text) {
				case "later" ->
					CompletableFuture.runAsync(() -> promise.completeExceptionally(new AssertionError(text)));
				case "now" -> promise.completeExceptionally(new IllegalStateException(text));
				case "cancelled" -> promise.cancel(true);
				case "thrown" -> throw new IllegalStateException(text);
				default -> promise.complete(text);
			}
			return promise;
		}

	}

}

package dev.natsboot.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.natsboot.convert.EncodedPayload;
import dev.natsboot.core.NatsServiceErrorException;
import dev.natsboot.observation.ListenerMetrics;
import dev.natsboot.observation.ListenerMetrics.Outcome;
import dev.natsboot.observation.NatsMetrics;
import dev.natsboot.testsupport.DispatcherThread;
import dev.natsboot.testsupport.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.impl.Headers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.messaging.converter.MessageConversionException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * From a request to its reply.
 */
class RequestHandlingTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static NatsServer server;

	private static Connection client;

	private final RecordingMetrics metrics = new RecordingMetrics();

	private ServiceRig rig;

	@BeforeAll
	static void startServer() throws Exception {
		server = new NatsServer();
		client = Nats.connect(server.url());
	}

	@AfterAll
	static void stopServer() throws Exception {
		client.close();
		server.close();
	}

	@BeforeEach
	void start() throws Exception {
		this.rig = ServiceRig.on(server.url(), Duration.ofSeconds(5), this.metrics).start();
	}

	@AfterEach
	void stop() throws Exception {
		this.rig.close();
	}

	@Test
	void answersObjectsAsJson() throws Exception {
		handle((request) -> Map.of("answer", 42));
		Message reply = request();
		assertThat(NatsServiceRegistryTests.text(reply)).isEqualTo("{\"answer\":42}");
		assertThat(reply.getHeaders().getFirst("Content-Type")).isEqualTo("application/json");
	}

	@Test
	void answersNullWithAnEmptyReply() throws Exception {
		handle((request) -> null);
		Message reply = request();
		assertThat(reply.getData()).isEmpty();
		assertThat(reply.hasHeaders()).isFalse();
	}

	@Test
	void answersEncodedPayloadsAsTheyAre() throws Exception {
		handle((request) -> new EncodedPayload(new byte[] { 1, 2 }, new Headers().add("x", "y")));
		Message reply = request();
		assertThat(reply.getData()).containsExactly(1, 2);
		assertThat(reply.getHeaders().getFirst("x")).isEqualTo("y");
	}

	@Test
	void answersMessagesWithTheirHeaders() throws Exception {
		handle((request) -> request);
		Message reply = client.request("test.subject", new Headers().add("x", "y"), new byte[] { 3 }, TIMEOUT);
		assertThat(reply.getData()).containsExactly(3);
		assertThat(reply.getHeaders().getFirst("x")).isEqualTo("y");
	}

	@Test
	void answersWhenAFutureCompletes() throws Exception {
		CompletableFuture<Object> result = new CompletableFuture<>();
		handle((request) -> result);
		CompletableFuture<Message> reply = client.request("test.subject", null);
		assertThat(this.rig.registry().getContainer("test").getStats().requests()).isZero();
		Awaitility.await().atMost(TIMEOUT).until(() -> result.getNumberOfDependents() > 0);
		result.complete("later");
		assertThat(NatsServiceRegistryTests.text(reply.get(5, TimeUnit.SECONDS))).isEqualTo("later");
		Awaitility.await().atMost(TIMEOUT).until(() -> stats().requests() == 1);
	}

	@Test
	void answersReactiveResults() throws Exception {
		handle((request) -> (request.getData().length == 0) ? Mono.just("one") : Flux.just("a", "b"));
		assertThat(NatsServiceRegistryTests.text(request())).isEqualTo("one");
		Message many = client.request("test.subject", new byte[1], TIMEOUT);
		assertThat(NatsServiceRegistryTests.text(many)).isEqualTo("[\"a\",\"b\"]");
	}

	@Test
	void countsTheWholeTimeAndTheErrorsOfFutures() throws Exception {
		handle((request) -> CompletableFuture.supplyAsync(() -> {
			throw new IllegalStateException("async failure");
		}, CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS)));
		assertError(request(), 500, "async failure");
		Awaitility.await().atMost(TIMEOUT).until(() -> stats().requests() == 1);
		assertThat(stats().errors()).isEqualTo(1);
		assertThat(stats().lastError()).isEqualTo("500:async failure");
		assertThat(stats().processingTime()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.metrics.outcomes).containsExactly(ListenerMetrics.Outcome.FAILURE));
	}

	@Test
	void answersAConversionFailureWith400() throws Exception {
		handle((request) -> {
			throw new MessageConversionException("Not an order: {");
		});
		assertError(request(), 400, "Not an order: {");
	}

	@Test
	void answersUnreadableJsonWith400() throws Exception {
		handle((request) -> ServiceRig.CONVERTER.readerFor(Map.class).read(request));
		Message reply = client.request("test.subject", new byte[] { '{' }, TIMEOUT);
		assertThat(reply.getHeaders().getFirst(ServiceError.CODE_HEADER)).isEqualTo("400");
		assertThat(reply.getHeaders().getFirst(ServiceError.TEXT_HEADER)).isNotBlank();
	}

	@Test
	void answersTheCodeOfTheException() throws Exception {
		handle((request) -> {
			if (request.getData().length == 0) {
				throw new NatsServiceErrorException(404, "No order 7");
			}
			throw new GoneException("Order 7 was deleted");
		});
		assertError(request(), 404, "No order 7");
		assertError(client.request("test.subject", new byte[1], TIMEOUT), 410, "Order 7 was deleted");
	}

	@Test
	void answersFailuresWhoseTextIsNoHeader() throws Exception {
		handle((request) -> {
			throw new IllegalStateException("Größe\r\n\tfehlt: 数");
		});
		assertError(request(), 500, "Gr\\u00f6\\u00dfe fehlt: \\u6570");
	}

	@Test
	void boundsTheText() throws Exception {
		handle((request) -> {
			throw new IllegalStateException("x".repeat(100_000));
		});
		assertThat(request().getHeaders().getFirst(ServiceError.TEXT_HEADER)).hasSize(512).endsWith("x...");
	}

	@Test
	void hidesSecretsInTheText() throws Exception {
		handle((request) -> {
			throw new IllegalStateException("nats://me:hunter2@host failed, password=hunter2; token: abc");
		});
		assertError(request(), 500, "nats://***@host failed, password=***; token: ***");
	}

	@Test
	void namesTheExceptionThatHasNoMessage() throws Exception {
		handle((request) -> {
			throw new AssertionError();
		});
		assertError(request(), 500, "AssertionError");
	}

	@Test
	void answersAReplyThatCantBeEncoded() throws Exception {
		handle((request) -> new Unwritable());
		assertError(request(), 500, "Reply could not be sent");
		Awaitility.await().atMost(TIMEOUT).until(() -> stats().errors() == 1);
	}

	@Test
	void answersAReplyThatIsTooLarge() throws Exception {
		handle((request) -> new byte[2 * 1024 * 1024]);
		assertError(request(), 500, "Reply could not be sent");
	}

	@Test
	void handlesARequestWithoutAReplySubject() throws Exception {
		CountDownLatch handled = new CountDownLatch(1);
		handle((request) -> {
			handled.countDown();
			return "nobody hears";
		});
		client.publish("test.subject", null);
		assertThat(handled.await(5, TimeUnit.SECONDS)).isTrue();
		Awaitility.await().atMost(TIMEOUT).until(() -> stats().requests() == 1);
		assertThat(stats().errors()).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void aHandlerThatLeavesItsThreadInterruptedIsCalledAgain(int concurrency) throws Exception {
		this.rig.register(RequestEndpoint.of("test", "test.subject").concurrency(concurrency).handledBy((request) -> {
			Thread.currentThread().interrupt();
			if (request.getData().length > 0) {
				throw new IllegalStateException("interrupted");
			}
			return "done";
		}));
		for (int i = 0; i < 3; i++) {
			assertThat(NatsServiceRegistryTests.text(request())).isEqualTo("done");
			assertError(client.request("test.subject", new byte[1], TIMEOUT), 500, "interrupted");
		}
	}

	@Test
	void aSubscriptionWhoseThreadHasEndedIsGoneAfterAStop() throws Exception {
		AtomicReference<Thread> thread = new AtomicReference<>();
		handle((request) -> {
			thread.compareAndSet(null, Thread.currentThread());
			return "done";
		});
		request();
		Awaitility.await().until(() -> DispatcherThread.endsWhenInterrupted(thread.get()));
		RequestHandlerContainer container = this.rig.registry().getContainer("test");
		container.stop();
		container.start();
		for (int i = 0; i < 20; i++) {
			assertThat(NatsServiceRegistryTests.text(request())).isEqualTo("done");
		}
	}

	@Test
	void answersAReplyWhoseEncodingEndsInAnError() throws Exception {
		handle((request) -> (request.getData().length == 0) ? new Unloadable() : "done");
		assertError(request(), 500, "Reply could not be sent");
		assertThat(NatsServiceRegistryTests.text(client.request("test.subject", new byte[1], TIMEOUT)))
			.isEqualTo("done");
		Awaitility.await().atMost(TIMEOUT).until(() -> stats().requests() == 2);
		assertThat(stats().errors()).isOne();
	}

	@Test
	void canRequestFromInsideAHandler() throws Exception {
		this.rig.register(RequestEndpoint.of("inner", "inner").handledBy((request) -> "inner"));
		handle((request) -> {
			Message reply = this.rig.connection().connection().request("inner", null, TIMEOUT);
			return "outer of " + NatsServiceRegistryTests.text(reply);
		});
		assertThat(NatsServiceRegistryTests.text(request())).isEqualTo("outer of inner");
	}

	@Test
	void doesNotLetABlockedEndpointStarveAnother() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		handle((request) -> release.await(10, TimeUnit.SECONDS));
		this.rig.register(RequestEndpoint.of("other", "other").handledBy((request) -> "other"));
		CompletableFuture<Message> blocked = client.request("test.subject", null);
		assertThat(NatsServiceRegistryTests.text(client.request("other", null, TIMEOUT))).isEqualTo("other");
		assertThat(blocked).isNotDone();
		release.countDown();
		assertThat(NatsServiceRegistryTests.text(blocked.get(5, TimeUnit.SECONDS))).isEqualTo("true");
	}

	@Test
	void handlesNoMoreAtATimeThanAllowed() throws Exception {
		AtomicInteger now = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		CountDownLatch three = new CountDownLatch(3);
		this.rig.register(RequestEndpoint.of("test", "test.subject").concurrency(3).handledBy((request) -> {
			most.accumulateAndGet(now.incrementAndGet(), Math::max);
			three.countDown();
			three.await(5, TimeUnit.SECONDS);
			now.decrementAndGet();
			return null;
		}));
		List<CompletableFuture<Message>> replies = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			replies.add(client.request("test.subject", null));
		}
		CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
		assertThat(most).hasValue(3);
	}

	@Test
	void boundsTheConcurrencyOfFutures() throws Exception {
		AtomicInteger called = new AtomicInteger();
		CompletableFuture<Object> result = new CompletableFuture<>();
		this.rig.register(RequestEndpoint.of("test", "test.subject").concurrency(2).handledBy((request) -> {
			called.incrementAndGet();
			return result;
		}));
		List<CompletableFuture<Message>> replies = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			replies.add(client.request("test.subject", null));
		}
		Awaitility.await().atMost(TIMEOUT).until(called::get, (count) -> count == 2);
		Awaitility.await().during(Duration.ofMillis(200)).atMost(TIMEOUT).until(called::get, (count) -> count == 2);
		result.complete("done");
		CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new)).get(5, TimeUnit.SECONDS);
		assertThat(called).hasValue(5);
	}

	@Test
	void keepsOrderWithOneWorker() throws Exception {
		List<Integer> order = Collections.synchronizedList(new ArrayList<>());
		handle((request) -> order.add((int) request.getData()[0]));
		for (int i = 0; i < 100; i++) {
			client.publish("test.subject", new byte[] { (byte) i });
		}
		Awaitility.await().atMost(TIMEOUT).until(() -> order.size() == 100);
		assertThat(order).isSorted();
	}

	private void handle(RequestHandler handler) {
		this.rig.register(RequestEndpoint.of("test", "test.subject").handledBy(handler));
	}

	private Message request() throws InterruptedException {
		return client.request("test.subject", null, TIMEOUT);
	}

	private ServiceStats.Endpoint stats() {
		return this.rig.registry().getContainer("test").getStats();
	}

	private static void assertError(Message reply, int code, String text) {
		assertThat(reply).isNotNull();
		assertThat(reply.getHeaders().getFirst(ServiceError.CODE_HEADER)).isEqualTo(Integer.toString(code));
		assertThat(reply.getHeaders().getFirst(ServiceError.TEXT_HEADER)).isEqualTo(text);
		assertThat(reply.getData()).isEmpty();
	}

	@ServiceErrorCode(410)
	private static final class GoneException extends RuntimeException {

		GoneException(String message) {
			super(message);
		}

	}

	static final class Unwritable {

		public String getValue() {
			throw new IllegalStateException("secret");
		}

	}

	static final class Unloadable {

		public String getValue() {
			throw new NoClassDefFoundError("expected by the test");
		}

	}

	private static final class RecordingMetrics implements NatsMetrics {

		private final List<ListenerMetrics.Outcome> outcomes = Collections.synchronizedList(new ArrayList<>());

		@Override
		public void published(String subject, boolean failed) {
		}

		@Override
		public ListenerMetrics listener(String id, List<String> subjects, Set<Outcome> outcomes) {
			return (outcome, durationNanos) -> this.outcomes.add(outcome);
		}

	}

}

package dev.natsboot.core;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.connection.NatsNotConnectedException;
import dev.natsboot.convert.MessagingPayloadConverter;
import dev.natsboot.convert.NatsMessageConverters;
import dev.natsboot.convert.NatsMessageMapper;
import dev.natsboot.testsupport.InTime;
import dev.natsboot.testsupport.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.MessageHandler;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.Subscription;
import io.nats.client.impl.Headers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.support.MessageBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class NatsTemplateTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static NatsServer server;

	private Connection connection;

	private NatsExecutor callbacks;

	private NatsTemplate template;

	@BeforeAll
	static void startServer() {
		server = new NatsServer();
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@BeforeEach
	void connect() throws Exception {
		connect(Options.builder().reportNoResponders());
	}

	private void connect(Options.Builder options) throws Exception {
		this.connection = Nats.connect(options.server(server.url()).build());
		this.callbacks = NatsExecutor.platformThreads();
		NatsConnectionManager manager = NatsConnectionManager.of(this.connection);
		manager.start();
		this.template = new NatsTemplate(manager,
				new MessagingPayloadConverter(NatsMessageConverters.withJson(new JsonMapper())), this.callbacks);
	}

	@AfterEach
	void close() throws Exception {
		this.connection.close();
		this.callbacks.close();
	}

	@Test
	void answersGreeting() {
		answer("greeter.greet", (request) -> reply(request, "Hello, " + text(request) + "!"));
		assertThat(this.template.request("greeter.greet", "World", String.class, TIMEOUT)).isEqualTo("Hello, World!");
	}

	@Test
	void requestsWithEmptyBodyAndTypedReply() {
		AtomicReference<Message> received = new AtomicReference<>();
		answer("orders.count", (request) -> {
			received.set(request);
			reply(request, "{\"count\":7}");
		});
		assertThat(this.template.request("orders.count", null, Count.class, TIMEOUT)).isEqualTo(new Count(7));
		assertThat(received.get().getData()).isEmpty();
		assertThat(received.get().hasHeaders()).isFalse();
	}

	@Test
	void requestsListOfObjects() {
		answer("orders.list", (request) -> reply(request, "[{\"count\":1},{\"count\":2}]"));
		List<Count> counts = this.template.request("orders.list", null, new ParameterizedTypeReference<List<Count>>() {
		}, TIMEOUT);
		assertThat(counts).containsExactly(new Count(1), new Count(2));
	}

	@Test
	void emptyReplyIsNullForObjects() {
		answer("nothing", (request) -> reply(request, ""));
		assertThat(this.template.request("nothing", null, Count.class, TIMEOUT)).isNull();
		assertThat(this.template.request("nothing", null, String.class, TIMEOUT)).isEmpty();
	}

	@Test
	void failsAtOnceWhenNobodyAnswers() {
		long start = System.nanoTime();
		assertThatExceptionOfType(NatsNoRespondersException.class)
			.isThrownBy(() -> this.template.request("nobody.here", "x", String.class, Duration.ofSeconds(10)))
			.withMessage("Nobody answers requests on subject 'nobody.here': no subscription at this moment");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
	}

	@Test
	void recognizesThatNobodyAnswersWhateverTheClientsOptions() throws Exception {
		for (Options.Builder options : List.of(Options.builder(), Options.builder().useTimeoutException(),
				Options.builder().advancedRequestBehavior())) {
			close();
			connect(options);
			assertThatExceptionOfType(NatsNoRespondersException.class)
				.isThrownBy(() -> this.template.request("nobody.here", "x", String.class, Duration.ofSeconds(10)));
			assertThat(this.template.requestAsync("nobody.here", "x", String.class, Duration.ofSeconds(10)))
				.failsWithin(TIMEOUT)
				.withThrowableOfType(ExecutionException.class)
				.withCauseInstanceOf(NatsNoRespondersException.class);
		}
	}

	@Test
	void timesOutAtTheTimeout() {
		answer("slow", (request) -> {
		});
		long start = System.nanoTime();
		assertThatExceptionOfType(NatsRequestTimeoutException.class)
			.isThrownBy(() -> this.template.request("slow", "x", String.class, Duration.ofMillis(300)))
			.withMessage("No reply to the request on subject 'slow' within 300 ms");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(295),
				Duration.ofSeconds(5));
	}

	@Test
	void timesOutAsynchronouslyAtTheTimeout() {
		answer("slow", (request) -> {
		});
		long start = System.nanoTime();
		assertThat(this.template.requestAsync("slow", "x", String.class, Duration.ofMillis(300)))
			.failsWithin(Duration.ofSeconds(3))
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(NatsRequestTimeoutException.class);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(295),
				Duration.ofSeconds(5));
	}

	@Test
	void usesTheDefaultTimeout() {
		answer("slow", (request) -> {
		});
		this.template.setRequestTimeout(Duration.ofMillis(100));
		assertThatExceptionOfType(NatsRequestTimeoutException.class)
			.isThrownBy(() -> this.template.request("slow", "x", String.class))
			.satisfies((ex) -> assertThat(ex.getTimeout()).isEqualTo(Duration.ofMillis(100)));
	}

	@Test
	void errorReplyBecomesTypedException() {
		answer("fails", (request) -> {
			Headers headers = new Headers().put("Nats-Service-Error-Code", "404")
				.put("Nats-Service-Error", "no such order");
			this.connection.publish(request.getReplyTo(), headers, "{\"count\":3}".getBytes(StandardCharsets.UTF_8));
		});
		assertThatExceptionOfType(NatsServiceErrorException.class)
			.isThrownBy(() -> this.template.request("fails", "x", String.class, TIMEOUT))
			.withMessage("The request on subject 'fails' was answered with error 404: no such order")
			.satisfies((ex) -> {
				assertThat(ex.getCode()).isEqualTo(404);
				assertThat(ex.getError()).isEqualTo("no such order");
				assertThat(ex.getBodyAs(String.class)).isEqualTo("{\"count\":3}");
				assertThat(ex.getBodyAs(Count.class)).isEqualTo(new Count(3));
			});
		assertThat(this.template.requestAsync("fails", "x", String.class, TIMEOUT)).failsWithin(TIMEOUT)
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(NatsServiceErrorException.class);
	}

	@Test
	void unreadableReplyNamesTypeButNotPayload() {
		answer("garbage", (request) -> reply(request, "{\"count\":\"secret\"}"));
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> this.template.request("garbage", "x", Count.class, TIMEOUT))
			.withMessageContaining("Count")
			.satisfies((ex) -> assertThat(ex).hasStackTraceContaining("'count'").message().doesNotContain("secret"));
	}

	@Test
	void concurrentRequestsGetTheirOwnReplies() throws Exception {
		answer("echo", (request) -> reply(request, text(request)));
		ExecutorService callers = Executors.newFixedThreadPool(100);
		try {
			CountDownLatch go = new CountDownLatch(1);
			List<Future<String>> replies = new ArrayList<>();
			for (int i = 0; i < 100; i++) {
				String payload = "request " + i;
				replies.add(callers.submit(() -> {
					InTime.await(go);
					return this.template.request("echo", payload, String.class, Duration.ofSeconds(10));
				}));
			}
			go.countDown();
			for (int i = 0; i < 100; i++) {
				assertThat(replies.get(i).get(10, TimeUnit.SECONDS)).isEqualTo("request " + i);
			}
		}
		finally {
			callers.shutdownNow();
		}
	}

	@Test
	void requestInsideCallbackIsAnswered() {
		CountDownLatch attached = new CountDownLatch(1);
		answer("late", (request) -> {
			await(attached);
			reply(request, text(request));
		});
		answer("echo", (request) -> reply(request, text(request)));
		CompletableFuture<String> nested = this.template.requestAsync("late", "outer", String.class, TIMEOUT)
			.thenApply((reply) -> this.template.request("echo", reply + " inner", String.class, TIMEOUT));
		attached.countDown();
		assertThat(nested).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("outer inner");
	}

	@Test
	void manyBlockingCallbacksDoNotStarveReplies() {
		CountDownLatch attached = new CountDownLatch(1);
		answer("late", (request) -> {
			await(attached);
			reply(request, text(request));
		});
		answer("echo", (request) -> reply(request, text(request)));
		CountDownLatch allThere = new CountDownLatch(50);
		List<CompletableFuture<String>> nested = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			nested
				.add(this.template.requestAsync("late", "a", String.class, Duration.ofSeconds(5)).thenApply((reply) -> {
					allThere.countDown();
					await(allThere);
					return this.template.request("echo", "b", String.class, Duration.ofSeconds(5));
				}));
		}
		attached.countDown();
		assertThat(CompletableFuture.allOf(nested.toArray(CompletableFuture[]::new)))
			.succeedsWithin(Duration.ofSeconds(10));
	}

	@Test
	void aTimeoutIsNoticedInsideTimedOutCallback() {
		answer("slow", (request) -> {
		});
		CompletableFuture<String> nested = this.template.requestAsync("slow", "x", String.class, Duration.ofMillis(50))
			.exceptionally((ex) -> this.template.requestAsync("slow", "x", String.class, Duration.ofMillis(50))
				.exceptionally((again) -> "twice")
				.join());
		assertThat(nested).succeedsWithin(Duration.ofSeconds(3)).isEqualTo("twice");
	}

	@Test
	void receivesPublishedMessage() throws Exception {
		CompletableFuture<Count> received = CompletableFuture
			.supplyAsync(() -> this.template.receive("counts.*", Count.class, Duration.ofSeconds(5)));
		Future<?> publisher = publishUntilDone(received, "counts.now", new Count(9));
		assertThat(received).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(new Count(9));
		publisher.get(5, TimeUnit.SECONDS);
	}

	private Future<?> publishUntilDone(Future<?> done, String subject, Object payload) {
		return CompletableFuture.runAsync(() -> {
			while (!done.isDone()) {
				this.template.publish(subject, payload);
				Thread.yield();
			}
		});
	}

	@Test
	void receivesNothingInTime() {
		long start = System.nanoTime();
		assertThat(this.template.receive("silence", String.class, Duration.ofMillis(200))).isNull();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(195),
				Duration.ofSeconds(5));
	}

	@Test
	void publishesHeadersOfMapAndSpringMessage() {
		List<Message> received = new CopyOnWriteArrayList<>();
		answer("events", received::add);
		this.template.publish("events", "a", Map.of("Trace", "1", "Tags", List.of("x", "y"), "Number", 5));
		this.template.publish("events", MessageBuilder.withPayload(new Count(1)).setHeader("Order-Id", "o-1").build());
		Awaitility.await().until(() -> received.size() == 2);
		assertThat(received.get(0).getHeaders().get("Tags")).containsExactly("x", "y");
		assertThat(received.get(0).getHeaders().getFirst("Number")).isEqualTo("5");
		assertThat(received.get(1).getHeaders().getFirst("Order-Id")).isEqualTo("o-1");
		assertThat(received.get(1).getHeaders().getFirst("Content-Type")).isEqualTo("application/json");
		assertThat(received.get(1).getHeaders().keySet()).containsExactlyInAnyOrder("Order-Id", "Content-Type");
	}

	@Test
	void publishesTheHeadersOfAReceivedSpringMessage() {
		List<Message> received = new CopyOnWriteArrayList<>();
		answer("in", (message) -> {
			MessageHeaders headers = NatsMessageMapper.toMessageHeaders(message);
			this.template.publish("out", new Count(2), headers);
			this.template.publish("out", new Count(2), new HashMap<>(headers));
		});
		answer("out", received::add);
		this.template.publish("in", new Count(1), Map.of("Tags", List.of("x", "y")));
		Awaitility.await().until(() -> received.size() == 2);
		assertThat(received.get(0).getHeaders().keySet()).containsExactlyInAnyOrder("Tags", "Content-Type");
		assertThat(received.get(0).getHeaders().get("Tags")).containsExactly("x", "y");
		assertThat(received.get(0).getHeaders().get("Content-Type")).containsExactly("application/json");
		assertThat(received.get(1).getHeaders().keySet()).contains("Tags", "Content-Type")
			.noneMatch((name) -> name.startsWith("nats_"));
	}

	@Test
	void publishesOnAnInterruptedThread() throws Exception {
		try (Connection other = Nats.connect(server.url())) {
			Subscription events = other.subscribe("events");
			other.flush(TIMEOUT);
			Thread.currentThread().interrupt();
			this.template.publish("events", "a");
			assertThat(Thread.interrupted()).isTrue();
			assertThat(events.nextMessage(TIMEOUT)).isNotNull().extracting(NatsTemplateTests::text).isEqualTo("a");
		}
	}

	@Test
	void requestsOnAnInterruptedThread() {
		answer("echo", (request) -> reply(request, text(request)));
		Thread.currentThread().interrupt();
		CompletableFuture<String> reply = this.template.requestAsync("echo", "a", String.class, TIMEOUT);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(reply).succeedsWithin(TIMEOUT).isEqualTo("a");
	}

	@Test
	void leavesGivenHeadersUsable() {
		Headers headers = new Headers().put("A", "1");
		this.template.publish("events", new Count(1), headers);
		assertThat(headers.isReadOnly()).isFalse();
		assertThat(headers.keySet()).containsExactly("A");
	}

	@Test
	void refusesHeaderThatNatsCannotCarry() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.template.publish("events", "a", Map.of("Note", "line\r\nInjected: x")))
			.withMessageContaining("Header 'Note' can't be sent");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "orders.*", "orders.>", "orders..created", ".orders", "orders.", "orders created",
			"orders\tcreated", "orders\r\nPUB x", "orders.cr\u00e9\u00e9" })
	void refusesSubjectThatLosesMessages(String subject) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.template.publish(subject, "x"))
			.withMessageStartingWith("Can't publish to subject '");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.template.request(subject, "x", String.class, TIMEOUT));
	}

	@Test
	void explainsMessageThatIsTooLarge() {
		assertThatExceptionOfType(NatsException.class)
			.isThrownBy(() -> this.template.publish("events", new byte[2 * 1024 * 1024]))
			.withMessageContaining("Publishing to subject 'events' failed")
			.withMessageContaining("1048576");
	}

	@Test
	void saysThatThereIsNoConnection() throws Exception {
		NatsConnectionManager stopped = NatsConnectionManager.of(this.connection);
		stopped.start();
		stopped.stop();
		NatsTemplate disconnected = new NatsTemplate(stopped,
				new MessagingPayloadConverter(NatsMessageConverters.withJson(new JsonMapper())), this.callbacks);
		assertThatExceptionOfType(NatsNotConnectedException.class).isThrownBy(() -> disconnected.publish("a", "b"));
		assertThat(disconnected.requestAsync("a", "b", String.class)).failsWithin(TIMEOUT)
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(NatsNotConnectedException.class);
	}

	private void answer(String subject, MessageHandler handler) {
		Dispatcher dispatcher = this.connection.createDispatcher(handler);
		dispatcher.subscribe(subject);
	}

	private void reply(Message request, String text) {
		this.connection.publish(request.getReplyTo(), text.getBytes(StandardCharsets.UTF_8));
	}

	private static String text(Message message) {
		return new String(message.getData(), StandardCharsets.UTF_8);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	record Count(int count) {
	}

}

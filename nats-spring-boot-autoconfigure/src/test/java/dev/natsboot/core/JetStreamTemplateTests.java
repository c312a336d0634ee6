package dev.natsboot.core;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.convert.MessagingPayloadConverter;
import dev.natsboot.convert.NatsMessageConverters;
import dev.natsboot.convert.NatsMessageMapper;
import dev.natsboot.testsupport.FreePorts;
import dev.natsboot.testsupport.InTime;
import dev.natsboot.testsupport.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.PublishAck;
import io.nats.client.api.ServerInfo;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.netcrusher.core.reactor.NioReactor;
import org.netcrusher.tcp.TcpCrusher;
import org.netcrusher.tcp.TcpCrusherBuilder;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class JetStreamTemplateTests {

	private static NatsServer server;

	private Connection connection;

	private JetStreamManagement management;

	private NatsExecutor callbacks;

	private JetStreamTemplate template;

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
		this.callbacks = NatsExecutor.platformThreads();
		connect(server.url());
		server.deleteStreams(this.management);
		this.management.addStream(stream("ORDERS", "orders.>").build());
	}

	private void connect(String url) throws IOException, InterruptedException {
		this.connection = Nats.connect(Options.builder().server(url).reportNoResponders().maxReconnects(-1).build());
		this.management = this.connection.jetStreamManagement();
		this.template = template(this.connection);
	}

	private JetStreamTemplate template(Connection connection) {
		return template(NatsConnectionManager.of(connection));
	}

	private JetStreamTemplate template(NatsConnectionManager manager) {
		manager.start();
		return new JetStreamTemplate(manager,
				new MessagingPayloadConverter(NatsMessageConverters.withJson(new JsonMapper())), this.callbacks);
	}

	private static StreamConfiguration.Builder stream(String name, String... subjects) {
		return StreamConfiguration.builder().name(name).subjects(subjects).storageType(StorageType.Memory);
	}

	@AfterEach
	void close() throws Exception {
		this.connection.close();
		this.callbacks.close();
	}

	@Test
	void returnsWhereMessageIsStored() throws Exception {
		PublishAck ack = this.template.publish("orders.created", new Order("o-1"));
		assertThat(ack.getStream()).isEqualTo("ORDERS");
		assertThat(ack.getSeqno()).isEqualTo(1);
		assertThat(ack.isDuplicate()).isFalse();
		MessageInfo stored = this.management.getMessage("ORDERS", 1);
		assertThat(new String(stored.getData(), StandardCharsets.UTF_8)).isEqualTo("{\"id\":\"o-1\"}");
		assertThat(stored.getHeaders().getFirst("Content-Type")).isEqualTo("application/json");
		assertThat(stored.getHeaders().getFirst("Nats-Msg-Id")).hasSize(36);
	}

	@Test
	void generatesDifferentMessageIds() throws Exception {
		for (int i = 0; i < 3; i++) {
			assertThat(this.template.publish("orders.created", "same").isDuplicate()).isFalse();
		}
		assertThat(messages("ORDERS")).isEqualTo(3);
	}

	@Test
	void keepsGivenMessageId() throws Exception {
		Map<String, String> headers = Map.of("Nats-Msg-Id", "m-1");
		assertThat(this.template.publish("orders.created", "a", headers).isDuplicate()).isFalse();
		assertThat(this.template.publish("orders.created", "a", headers).isDuplicate()).isTrue();
		assertThat(this.template.publish("orders.created", "a", new Headers().put("Nats-Msg-Id", "m-1")).isDuplicate())
			.isTrue();
		assertThat(messages("ORDERS")).isEqualTo(1);
	}

	@Test
	void messagesHaveNoIdWhenNoneIsGenerated() throws Exception {
		this.template.setMessageIdGenerator(null);
		this.template.publish("orders.created", "a");
		assertThat(this.template.publishAsync("orders.created", "b")).succeedsWithin(Duration.ofSeconds(10));
		this.template.publish("orders.created", "c", Map.of("Nats-Msg-Id", "m-1"));
		assertThat(this.management.getMessage("ORDERS", 1).getHeaders()).isNull();
		assertThat(this.management.getMessage("ORDERS", 2).getHeaders()).isNull();
		assertThat(this.management.getMessage("ORDERS", 3).getHeaders().getFirst("Nats-Msg-Id")).isEqualTo("m-1");
		this.template.publish("orders.created", Map.of("id", "o-1"));
		assertThat(this.management.getMessage("ORDERS", 4).getHeaders().keySet()).containsExactly("Content-Type");
	}

	@Test
	void whatHasNoIdIsSentOnceWhenItIsNotConfirmed() {
		List<Message> unconfirmed = new ArrayList<>();
		holdBack("held", unconfirmed);
		this.template.setMessageIdGenerator(null);
		this.template.setPublishTimeout(Duration.ofMillis(100));
		this.template.setPublishRetryWait(Duration.ofMillis(1));
		assertThatExceptionOfType(NatsPublishException.class).isThrownBy(() -> this.template.publish("held", "x"))
			.withMessageContaining("look for it before you publish it again")
			.withMessageContaining("nats.template.generate-message-ids=true")
			.satisfies((failure) -> assertThat(failure.getMessageId()).isNull());
		assertThat(this.template.publishAsync("held", "x")).failsWithin(Duration.ofSeconds(10))
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(NatsPublishException.class);
		assertThat(this.template.publishAsync("held", "x", Map.of("Nats-Msg-Id", "")))
			.failsWithin(Duration.ofSeconds(10))
			.withThrowableOfType(ExecutionException.class)
			.withMessageContaining("look for it before you publish it again");
		Awaitility.await().untilAsserted(() -> assertThat(size(unconfirmed)).isEqualTo(3));
	}

	@Test
	void publishesTheHeadersOfAReceivedSpringMessage() throws Exception {
		Message received = NatsMessage.builder().subject("in").headers(new Headers().put("Tag", "a")).data("x").build();
		this.template.publish("orders.created", new Order("o-1"), NatsMessageMapper.toMessageHeaders(received));
		assertThat(this.management.getMessage("ORDERS", 1).getHeaders().keySet()).containsExactlyInAnyOrder("Tag",
				"Content-Type", "Nats-Msg-Id");
	}

	@Test
	void leavesGivenHeadersUsable() {
		Headers headers = new Headers().put("A", "1");
		this.template.publish("orders.created", "a", headers);
		assertThat(headers.keySet()).containsExactly("A");
		assertThat(headers.isReadOnly()).isFalse();
		this.template.setMessageIdGenerator(null);
		CompletableFuture<PublishAck> confirmed = this.template.publishAsync("orders.created", "b", headers);
		headers.put("A", "2");
		assertThat(confirmed).succeedsWithin(Duration.ofSeconds(10));
		assertThat(headers.keySet()).containsExactly("A");
	}

	@Test
	void doesNotSendWhatIsAddedToGivenHeadersLater() throws Exception {
		this.template.setPublishRetryWait(Duration.ofMillis(20));
		this.template.setPublishAttempts(500);
		Headers headers = new Headers().put("Tag", "a");
		CompletableFuture<PublishAck> confirmed = this.template.publishAsync("payments.completed", "x", headers);
		headers.add("Tag", "b");
		this.management.addStream(stream("PAYMENTS", "payments.>").build());
		assertThat(confirmed).succeedsWithin(Duration.ofSeconds(10));
		assertThat(this.management.getMessage("PAYMENTS", 1).getHeaders().get("Tag")).containsExactly("a");
	}

	@Test
	void saysHowToDeclareStreamWhenNoneCapturesTheSubject() {
		this.template.setPublishRetryWait(Duration.ofMillis(10));
		assertThatExceptionOfType(NatsPublishException.class)
			.isThrownBy(() -> this.template.publish("payments.completed", "x"))
			.withMessageContaining("Publishing to subject 'payments.completed' failed: no stream captures this subject")
			.withMessageContaining("nats.jetstream.streams.events.subjects=payments.completed")
			.withCauseInstanceOf(NatsNoRespondersException.class);
		assertThat(this.template.publishAsync("payments.completed", "x")).failsWithin(Duration.ofSeconds(10))
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(NatsPublishException.class)
			.withMessageContaining("no stream captures this subject");
	}

	@Test
	void publishesWhenStreamAppearsBetweenAttempts() throws Exception {
		this.template.setPublishRetryWait(Duration.ofMillis(100));
		this.template.setPublishAttempts(100);
		CompletableFuture<PublishAck> async = this.template.publishAsync("payments.completed", "async");
		CompletableFuture<PublishAck> sync = CompletableFuture
			.supplyAsync(() -> this.template.publish("payments.completed", "sync"));
		assertThat(async).isNotDone();
		this.management.addStream(stream("PAYMENTS", "payments.>").build());
		assertThat(async).succeedsWithin(Duration.ofSeconds(5));
		assertThat(sync).succeedsWithin(Duration.ofSeconds(5));
		assertThat(messages("PAYMENTS")).isEqualTo(2);
	}

	@Test
	void explainsRefusals() throws Exception {
		this.management.addStream(stream("FULL", "full").maxMessages(1).discardPolicy(DiscardPolicy.New).build());
		this.management.addStream(stream("SMALL", "small").maximumMessageSize(100).build());
		this.template.publish("full", "first");
		refused("full", new byte[0], Map.of(), 10077, "the stream is full");
		refused("small", new byte[200], Map.of(), 10054, "max-message-size");
		refused("orders.created", new byte[0], Map.of("Nats-Expected-Stream", "OTHER"), 10060, "Nats-Expected-Stream");
		refused("orders.created", new byte[0], Map.of("Nats-Expected-Last-Sequence", 99), 10071, "stored meanwhile");
	}

	private void refused(String subject, byte[] payload, Map<String, ?> headers, int code, String text) {
		assertThatExceptionOfType(NatsPublishException.class)
			.isThrownBy(() -> this.template.publish(subject, payload, headers))
			.withMessageContaining(text)
			.withCauseInstanceOf(JetStreamApiException.class)
			.satisfies((ex) -> assertThat(ex.getApiErrorCode()).isEqualTo(code));
		assertThat(this.template.publishAsync(subject, payload, headers)).failsWithin(Duration.ofSeconds(10))
			.withThrowableOfType(ExecutionException.class)
			.withMessageContaining(text);
	}

	@Test
	void doesNotRetryRefusals() throws Exception {
		AtomicInteger attempts = new AtomicInteger();
		Dispatcher spy = this.connection.createDispatcher((message) -> attempts.incrementAndGet());
		spy.subscribe("orders.created");
		this.template.setPublishRetryWait(Duration.ZERO);
		assertThatExceptionOfType(NatsPublishException.class)
			.isThrownBy(() -> this.template.publish("orders.created", "x", Map.of("Nats-Expected-Last-Sequence", 99)));
		this.template.publish("orders.created", "y");
		Awaitility.await().until(() -> attempts.get() >= 2);
		assertThat(attempts).hasValue(2);
	}

	@Test
	void refusesWhatAnOldServerWouldIgnore() throws Exception {
		JetStreamTemplate old = template(connectedTo("2.10.27"));
		Map<String, String> headers = Map.of("Nats-TTL", "10s");
		assertThatExceptionOfType(NatsPublishException.class)
			.isThrownBy(() -> old.publish("orders.created", "x", headers))
			.withMessageContaining("Nats-TTL needs nats-server 2.11.0 or later, connected to 2.10.27");
		assertThat(old.publishAsync("orders.created", "x", headers)).failsWithin(Duration.ofSeconds(10))
			.withThrowableOfType(ExecutionException.class)
			.withMessageContaining("Nats-TTL needs nats-server 2.11.0");
		assertThat(messages("ORDERS")).isZero();
		old.publish("orders.created", "x", Map.of("Customer", "7"));
		assertThat(messages("ORDERS")).isEqualTo(1);
	}

	private Connection connectedTo(String version) {
		ServerInfo info = new ServerInfo("INFO {\"server_id\":\"S\",\"version\":\"" + version + "\"}");
		return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
				(proxy, method, arguments) -> method.getName().equals("getServerInfo") ? info
						: method.invoke(this.connection, arguments));
	}

	@Test
	void explainsMessageThatIsTooLargeForTheServer() {
		assertThatExceptionOfType(NatsPublishException.class)
			.isThrownBy(() -> this.template.publish("orders.created", new byte[2 * 1024 * 1024]))
			.withMessageContaining("1048576");
		assertThat(this.template.publishAsync("orders.created", new byte[2 * 1024 * 1024]))
			.failsWithin(Duration.ofSeconds(10))
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(NatsPublishException.class);
	}

	@Test
	void refusesWildcards() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.template.publish("orders.*", "x"))
			.withMessageContaining("wildcards are for subscribing");
		assertThatIllegalArgumentException().isThrownBy(() -> this.template.publishAsync("orders.>", "x"));
	}

	@ParameterizedTest
	@MethodSource("headersWithoutId")
	void publishThatTimedOutAndIsRetriedIsStoredOnce(Map<String, String> headers) throws Exception {
		NioReactor reactor = new NioReactor();
		try (TcpCrusher proxy = TcpCrusherBuilder.builder()
			.withReactor(reactor)
			.withBindAddress(new InetSocketAddress("127.0.0.1", FreePorts.next()))
			.withConnectAddress(new InetSocketAddress("127.0.0.1", server.port()))
			.buildAndOpen()) {
			Connection direct = this.connection;
			connect("nats://127.0.0.1:" + proxy.getBindAddress().getPort());
			try {
				publishWhileAcknowledgementsAreHeldBack(direct, proxy, headers);
			}
			finally {
				direct.close();
			}
		}
		finally {
			reactor.close();
		}
	}

	static List<Map<String, String>> headersWithoutId() {
		return List.of(Map.of(), Map.of("Nats-Msg-Id", ""), Map.of("Nats-Msg-Id", " "));
	}

	/**
	 * The first attempts are stored behind the frozen proxy and time out in front of it.
	 */
	private void publishWhileAcknowledgementsAreHeldBack(Connection direct, TcpCrusher proxy,
			Map<String, String> headers) throws Exception {
		this.template.publish("orders.warm", "up");
		this.template.setPublishTimeout(Duration.ofMillis(200));
		this.template.setPublishRetryWait(Duration.ofMillis(50));
		this.template.setPublishAttempts(40);
		proxy.freeze();
		long before = this.connection.getStatistics().getOutMsgs();
		CompletableFuture<PublishAck> async = this.template.publishAsync("orders.async", "x", headers);
		CompletableFuture<PublishAck> sync = CompletableFuture
			.supplyAsync(() -> this.template.publish("orders.sync", "x", headers));
		Awaitility.await()
			.pollDelay(Duration.ofMillis(600))
			.untilAsserted(
					() -> assertThat(this.connection.getStatistics().getOutMsgs() - before).isGreaterThanOrEqualTo(6));
		assertThat(List.of(async.isDone(), sync.isDone())).containsOnly(false);
		proxy.unfreeze();
		assertThat(async).succeedsWithin(Duration.ofSeconds(5)).matches(PublishAck::isDuplicate);
		assertThat(sync).succeedsWithin(Duration.ofSeconds(5)).matches(PublishAck::isDuplicate);
		assertThat(direct.jetStreamManagement().getStreamInfo("ORDERS").getStreamState().getMsgCount()).isEqualTo(3);
	}

	@Test
	void timeoutIsExactAndSaysThatTheMessageMayBeStored() throws Exception {
		Dispatcher silent = this.connection.createDispatcher((message) -> {
		});
		silent.subscribe("silent");
		this.template.setPublishTimeout(Duration.ofMillis(150));
		this.template.setPublishAttempts(1);
		for (boolean async : List.of(false, true)) {
			long start = System.nanoTime();
			assertThatExceptionOfType(NatsPublishException.class).isThrownBy(() -> publish("silent", async))
				.withMessageContaining("no confirmation within 150 ms")
				.withMessageContaining("publish it again with the same Nats-Msg-Id 'm-7'")
				.satisfies((ex) -> assertThat(ex.getMessageId()).isEqualTo("m-7"));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(145),
					Duration.ofSeconds(5));
		}
	}

	@Test
	void messageMayBeStoredWhenTheConnectionIsClosed() throws Exception {
		List<Message> unconfirmed = new ArrayList<>();
		holdBack("held", unconfirmed);
		CompletableFuture<PublishAck> unanswered = this.template.publishAsync("held", "x",
				Map.of("Nats-Msg-Id", "m-7"));
		Awaitility.await().until(() -> size(unconfirmed) == 1);
		this.connection.close();
		assertThat(unanswered).failsWithin(Duration.ofSeconds(10))
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(NatsPublishException.class)
			.withMessageContaining("the connection is closed. The message may be stored nevertheless: "
					+ "publish it again with the same Nats-Msg-Id 'm-7'");
	}

	@Test
	void messageMayBeStoredWhenTheThreadIsInterrupted() {
		List<Message> unconfirmed = new ArrayList<>();
		holdBack("held", unconfirmed);
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(NatsPublishException.class).isThrownBy(() -> this.template.publish("held", "x"))
			.withMessageContaining("Interrupted while waiting")
			.withMessageContaining("may be stored nevertheless: publish it again with the same Nats-Msg-Id");
		assertThat(Thread.interrupted()).isTrue();
		Awaitility.await().until(() -> size(unconfirmed) == 1);
	}

	private void publish(String subject, boolean async) throws Throwable {
		Map<String, String> headers = Map.of("Nats-Msg-Id", "m-7");
		if (!async) {
			this.template.publish(subject, "x", headers);
			return;
		}
		try {
			this.template.publishAsync(subject, "x", headers).get(30, TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			throw ex.getCause();
		}
	}

	@Test
	void windowBoundsUnconfirmedMessages() {
		List<Message> unconfirmed = new ArrayList<>();
		holdBack("held", unconfirmed);
		this.template.setPublishWindow(10);
		this.template.setPublishTimeout(Duration.ofSeconds(30));
		List<CompletableFuture<PublishAck>> first = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			first.add(this.template.publishAsync("held", "x"));
		}
		CompletableFuture<CompletableFuture<PublishAck>> eleventh = CompletableFuture
			.supplyAsync(() -> this.template.publishAsync("held", "x"));
		Awaitility.await().until(() -> size(unconfirmed) == 10);
		Awaitility.await().during(Duration.ofMillis(200)).until(() -> size(unconfirmed) == 10 && !eleventh.isDone());
		confirm(unconfirmed, 0);
		assertThat(first.get(0)).succeedsWithin(Duration.ofSeconds(10));
		assertThat(eleventh).succeedsWithin(Duration.ofSeconds(10));
		Awaitility.await().until(() -> size(unconfirmed) == 11);
	}

	@Test
	void failsWhenTheWindowStaysFull() {
		holdBack("held", new ArrayList<>());
		this.template.setPublishWindow(1);
		this.template.setPublishAttempts(3);
		this.template.setPublishTimeout(Duration.ofMillis(200));
		CompletableFuture<PublishAck> first = this.template.publishAsync("held", "x");
		CompletableFuture<PublishAck> second = this.template.publishAsync("held", "x");
		assertThat(second).failsWithin(Duration.ofMillis(50))
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(NatsPublishException.class)
			.withMessageContaining("it got no place in the window of unconfirmed messages within 200 ms")
			.withMessageContaining("nats.template.publish-window (now 1)");
		assertThat(first).failsWithin(Duration.ofSeconds(10));
		assertThat(this.template.publishAsync("orders.created", "x")).succeedsWithin(Duration.ofSeconds(10));
	}

	@Test
	void saysThatTheThreadWasInterruptedWhileItWaitedForAPlace() {
		holdBack("held", new ArrayList<>());
		this.template.setPublishWindow(1);
		CompletableFuture<PublishAck> first = this.template.publishAsync("held", "x");
		Thread.currentThread().interrupt();
		CompletableFuture<PublishAck> second = this.template.publishAsync("held", "x");
		assertThat(Thread.interrupted()).isTrue();
		assertThat(second).failsWithin(Duration.ofSeconds(10))
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(NatsPublishException.class)
			.withMessageContaining("the thread was interrupted while it waited for a place in the window")
			.withMessageNotContaining("it got no place");
		assertThat(first).isNotDone();
	}

	@Test
	void publishesOnAnInterruptedThread() {
		this.template.setPublishAttempts(1);
		Thread.currentThread().interrupt();
		List<CompletableFuture<PublishAck>> confirmed = List.of(this.template.publishAsync("orders.created", "a"),
				this.template.publishAsync("orders.created", "b"));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(confirmed).allSatisfy((future) -> assertThat(future).succeedsWithin(Duration.ofSeconds(10)));
	}

	@Test
	void everyFailureGivesItsPlaceBack() {
		this.template.setPublishWindow(2);
		this.template.setPublishAttempts(1);
		for (int i = 0; i < 20; i++) {
			assertThat(this.template.publishAsync("nobody.here", "x")).failsWithin(Duration.ofSeconds(10));
			assertThat(this.template.publishAsync("orders.created", new byte[2 * 1024 * 1024]))
				.failsWithin(Duration.ofSeconds(10));
		}
		assertThat(this.template.publishAsync("orders.created", "x")).succeedsWithin(Duration.ofSeconds(10));
	}

	@Test
	void publishInsideCallbackIsConfirmed() {
		List<Message> unconfirmed = new ArrayList<>();
		holdBack("held", unconfirmed);
		CompletableFuture<PublishAck> nested = this.template.publishAsync("held", "outer")
			.thenApply((ack) -> this.template.publish("orders.created", "inner"));
		Awaitility.await().until(() -> size(unconfirmed) == 1);
		confirm(unconfirmed, 0);
		assertThat(nested).succeedsWithin(Duration.ofSeconds(10))
			.satisfies((ack) -> assertThat(ack.getSeqno()).isEqualTo(1));
	}

	@Test
	void blockedCallbacksDelayNoConfirmation() {
		CountDownLatch release = new CountDownLatch(1);
		List<Message> unconfirmed = new ArrayList<>();
		holdBack("held", unconfirmed);
		List<CompletableFuture<Void>> blocked = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			blocked.add(this.template.publishAsync("held", "x").thenAccept((ack) -> await(release)));
		}
		Awaitility.await().until(() -> size(unconfirmed) == 20);
		for (int i = 0; i < 20; i++) {
			confirm(unconfirmed, i);
		}
		assertThat(this.template.publishAsync("orders.created", "y")).succeedsWithin(Duration.ofSeconds(10));
		assertThat(blocked).allMatch((future) -> !future.isDone());
		release.countDown();
		assertThat(CompletableFuture.allOf(blocked.toArray(CompletableFuture[]::new)))
			.succeedsWithin(Duration.ofSeconds(10));
	}

	@Test
	void storesManyInTheirOrder() throws Exception {
		List<CompletableFuture<PublishAck>> acks = new ArrayList<>();
		for (int i = 0; i < 5000; i++) {
			acks.add(this.template.publishAsync("orders.created", Integer.toString(i)));
		}
		for (int i = 0; i < 5000; i++) {
			assertThat(acks.get(i).get(10, TimeUnit.SECONDS).getSeqno()).isEqualTo(i + 1);
		}
	}

	@Test
	void whatIsStillUnconfirmedAtAStopIsConfirmed() throws Exception {
		NatsConnectionManager manager = NatsConnectionManager.builder()
			.options((options) -> options.server(server.url()))
			.build();
		JetStreamTemplate stopped = template(manager);
		List<CompletableFuture<PublishAck>> acks = new ArrayList<>();
		for (int i = 0; i < 500; i++) {
			acks.add(stopped.publishAsync("orders.created", Integer.toString(i)));
		}
		manager.stop();
		InTime.join(acks);
		assertThat(messages("ORDERS")).isEqualTo(500);
	}

	private void holdBack(String subject, List<Message> unconfirmed) {
		Dispatcher dispatcher = this.connection.createDispatcher((message) -> {
			synchronized (unconfirmed) {
				unconfirmed.add(message);
			}
		});
		dispatcher.subscribe(subject);
	}

	private static int size(List<Message> unconfirmed) {
		synchronized (unconfirmed) {
			return unconfirmed.size();
		}
	}

	private void confirm(List<Message> unconfirmed, int index) {
		synchronized (unconfirmed) {
			this.connection.publish(unconfirmed.get(index).getReplyTo(),
					"{\"stream\":\"HELD\",\"seq\":1}".getBytes(StandardCharsets.UTF_8));
		}
	}

	private long messages(String stream) throws Exception {
		return this.management.getStreamInfo(stream).getStreamState().getMsgCount();
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	record Order(String id) {
	}

}

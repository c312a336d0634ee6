package dev.natsboot.core;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.convert.MessagingPayloadConverter;
import dev.natsboot.convert.NatsMessageConverters;
import dev.natsboot.observation.MicrometerNatsMetrics;
import dev.natsboot.observation.SubjectTags;
import dev.natsboot.testsupport.AllocatedBytes;
import dev.natsboot.testsupport.NatsServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PublishOptions;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.AlternativeJdkIdGenerator;
import org.springframework.util.IdGenerator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a message takes on its way through a template, in all threads, beyond what the
 * client and Jackson need for it.
 */
@Tag("allocation")
class TemplateAllocationTests {

	/** What is wanted is 150, the rest is for what the compiler leaves. */
	private static final long MOST_BYTES = 200;

	/** With a message id: the client doesn't copy the template's headers. */
	private static final long MOST_BYTES_WITH_ID = -400;

	private static final int ROUNDS = 8;

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final byte[] BODY = new byte[128];

	private static final Order ORDER = new Order("order-000001", "customer-42", 123_456, "EUR");

	/** As the template has, so that ids don't make the difference. */
	private static final IdGenerator IDS = new AlternativeJdkIdGenerator();

	private static final JsonMapper mapper = JsonMapper.shared();

	private static NatsServer server;

	private static Set<Long> others;

	private static Connection responder;

	private static Connection connection;

	private static JetStream stream;

	private static NatsExecutor callbacks;

	private static NatsTemplate template;

	private static JetStreamTemplate jetStream;

	private static JetStreamTemplate jetStreamWithoutIds;

	@BeforeAll
	static void start() throws Exception {
		server = new NatsServer();
		others = startResponder();
		connection = Nats.connect(
				Options.builder().server(server.url()).dontForceFlushOnRequest().maxMessagesInOutgoingQueue(0).build());
		connection.jetStreamManagement()
			.addStream(StreamConfiguration.builder()
				.name("ORDERS")
				.subjects("orders.>")
				.storageType(StorageType.Memory)
				.maxMessages(1000)
				.build());
		stream = connection.jetStream();
		callbacks = NatsExecutor.platformThreads();
		NatsConnectionManager manager = NatsConnectionManager.of(connection);
		manager.start();
		MessagingPayloadConverter converter = new MessagingPayloadConverter(NatsMessageConverters.withJson(mapper));
		MicrometerNatsMetrics metrics = new MicrometerNatsMetrics(new SimpleMeterRegistry(),
				new SubjectTags(10, List.of()), List.of());
		template = new NatsTemplate(manager, converter, callbacks);
		template.setMetrics(metrics);
		jetStream = new JetStreamTemplate(manager, converter, callbacks);
		jetStream.setMetrics(metrics);
		jetStreamWithoutIds = new JetStreamTemplate(manager, converter, callbacks);
		jetStreamWithoutIds.setMetrics(metrics);
		jetStreamWithoutIds.setMessageIdGenerator(null);
	}

	/**
	 * What the responder takes doesn't count.
	 * @return its threads
	 */
	private static Set<Long> startResponder() throws Exception {
		Set<Long> before = AllocatedBytes.threads();
		responder = Nats.connect(server.url());
		responder.createDispatcher((request) -> responder.publish(request.getReplyTo(), request.getData()))
			.subscribe("echo");
		responder.request("echo", BODY, TIMEOUT);
		Set<Long> started = AllocatedBytes.threads();
		started.removeAll(before);
		return started;
	}

	@AfterAll
	static void stop() throws Exception {
		connection.close();
		responder.close();
		callbacks.close();
		server.close();
	}

	@Test
	void publishingBytes() throws Exception {
		assertTakesLittleMore(60_000, () -> publish(BODY), () -> publishWithTemplate(BODY));
	}

	@Test
	void publishingARecord() throws Exception {
		assertTakesLittleMore(60_000, () -> publish(mapper.writeValueAsBytes(ORDER)), () -> publishWithTemplate(ORDER));
	}

	@Test
	void publishingBytesToAStreamWithAMessageIdOnBothSides() throws Exception {
		assertTakes(MOST_BYTES_WITH_ID, 6_000, () -> storeWithId(BODY), () -> storeWithTemplate(jetStream, BODY));
	}

	@Test
	void publishingARecordToAStreamWithAMessageIdOnBothSides() throws Exception {
		assertTakes(MOST_BYTES_WITH_ID, 6_000, () -> storeWithId(mapper.writeValueAsBytes(ORDER)),
				() -> storeWithTemplate(jetStream, ORDER));
	}

	@Test
	void publishingBytesToAStreamWithoutMessageIdsOnBothSides() throws Exception {
		assertTakesLittleMore(6_000, () -> store(BODY), () -> storeWithTemplate(jetStreamWithoutIds, BODY));
	}

	@Test
	void publishingARecordToAStreamWithoutMessageIdsOnBothSides() throws Exception {
		assertTakesLittleMore(6_000, () -> store(mapper.writeValueAsBytes(ORDER)),
				() -> storeWithTemplate(jetStreamWithoutIds, ORDER));
	}

	@Test
	void requestingWithBytes() throws Exception {
		assertTakesLittleMore(6_000, () -> request(BODY), () -> template.request("echo", BODY, byte[].class));
	}

	@Test
	void requestingWithARecord() throws Exception {
		assertTakesLittleMore(6_000, () -> mapper.readValue(request(mapper.writeValueAsBytes(ORDER)), Order.class),
				() -> template.request("echo", ORDER, Order.class));
	}

	private static Object publish(byte[] body) {
		connection.publish("carts", body);
		return body;
	}

	private static Object publishWithTemplate(Object payload) {
		template.publish("carts", payload);
		return payload;
	}

	private static Object store(byte[] body) throws Exception {
		return stream.publishAsync("orders.created", body).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
	}

	private static Object storeWithId(byte[] body) throws Exception {
		PublishOptions options = PublishOptions.builder().messageId(IDS.generateId().toString()).build();
		return stream.publishAsync("orders.created", body, options).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
	}

	private static Object storeWithTemplate(JetStreamTemplate template, Object payload) throws Exception {
		return template.publishAsync("orders.created", payload).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
	}

	private static byte[] request(byte[] body) throws Exception {
		return connection.request("echo", (Headers) null, body, TIMEOUT).getData();
	}

	private static void assertTakesLittleMore(int messages, Callable<?> raw, Callable<?> work) throws Exception {
		assertTakes(MOST_BYTES, messages, raw, work);
	}

	/**
	 * Repeated until it takes little enough: in the first rounds the compiler hasn't
	 * settled.
	 */
	private static void assertTakes(long more, int messages, Callable<?> raw, Callable<?> work) throws Exception {
		long least = leastBytes(messages, raw, Long.MIN_VALUE);
		assertThat(leastBytes(messages, work, least + more) - least).isLessThan(more);
	}

	private static long leastBytes(int messages, Callable<?> work, long enough) throws Exception {
		long least = Long.MAX_VALUE;
		for (int round = 0; round < ROUNDS && least >= enough; round++) {
			AllocatedBytes allocated = new AllocatedBytes();
			repeat(messages, work);
			connection.flush(TIMEOUT);
			least = Math.min(least, allocated.sum(others) / messages);
		}
		return least;
	}

	private static void repeat(int messages, Callable<?> work) throws Exception {
		for (int i = 0; i < messages; i++) {
			work.call();
		}
	}

	record Order(String id, String customer, long amount, String currency) {
	}

}

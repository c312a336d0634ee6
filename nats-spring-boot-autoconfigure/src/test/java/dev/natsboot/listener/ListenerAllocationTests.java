package dev.natsboot.listener;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.natsboot.annotation.NatsListener;
import dev.natsboot.autoconfigure.NatsAutoConfiguration;
import dev.natsboot.autoconfigure.NatsConverterAutoConfiguration;
import dev.natsboot.autoconfigure.NatsJetStreamOptionsAutoConfiguration;
import dev.natsboot.autoconfigure.NatsListenerAutoConfiguration;
import dev.natsboot.autoconfigure.NatsMetricsAutoConfiguration;
import dev.natsboot.autoconfigure.NatsTemplateAutoConfiguration;
import dev.natsboot.autoconfigure.NatsTopologyAutoConfiguration;
import dev.natsboot.observation.NatsMetrics;
import dev.natsboot.testsupport.AllocatedBytes;
import dev.natsboot.testsupport.InTime;
import dev.natsboot.testsupport.NatsServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStream;
import io.nats.client.JetStreamManagement;
import io.nats.client.MessageHandler;
import io.nats.client.Nats;
import io.nats.client.PullRequestOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a message of a stream takes on its way from the server through the handler to its
 * acknowledgement there, in all threads, beyond what jnats and Jackson take for the same
 * with pull requests on a plain subscription. With {@code consume} jnats takes 900 bytes
 * more, behind which a great change would go unnoticed.
 * <p>
 * A round is a whole run of a consumer: at two points in the middle of it there are
 * thousands of messages, more or fewer, that were received and not yet handled.
 */
@Tag("allocation")
class ListenerAllocationTests {

	private static final int ROUNDS = 5;

	private static final int MESSAGES = 100_000;

	private static final int PUBLISHED_AT_ONCE = 1000;

	private static final int PULLED = 2500;

	private static final Duration PULL_EXPIRES = Duration.ofMinutes(1);

	private static final int MOST_UNACKNOWLEDGED = 20_000;

	/** The starter takes 160 more; the rest is for what the compiler leaves. */
	private static final long MOST_BYTES = 250;

	private static final byte[] ORDER = """
			{"id":"order-000001","customer":"customer-42-%048d","amount":123456,"currency":"EUR"}""".formatted(42)
		.getBytes(StandardCharsets.US_ASCII);

	private static NatsServer server;

	private static Connection connection;

	private static JetStreamManagement management;

	private static volatile CountDownLatch left;

	@BeforeAll
	static void start() throws Exception {
		server = new NatsServer();
		connection = Nats.connect(server.url());
		management = connection.jetStreamManagement();
		management.addStream(StreamConfiguration.builder()
			.name("ORDERS")
			.subjects("orders.>")
			.storageType(StorageType.Memory)
			.build());
		JetStream stream = connection.jetStream();
		for (int stored = 0; stored < MESSAGES; stored += PUBLISHED_AT_ONCE) {
			InTime.join(Stream.generate(() -> stream.publishAsync("orders.created", ORDER))
				.limit(PUBLISHED_AT_ONCE)
				.toList());
		}
	}

	@AfterAll
	static void stop() throws Exception {
		connection.close();
		server.close();
	}

	@Test
	void handlingBytes() {
		application().run((context) -> assertTakesLittleMore(context, "bytes", (message) -> handle(message.getData())));
	}

	@Test
	void handlingARecord() {
		application().run((context) -> {
			ObjectReader reader = context.getBean(JsonMapper.class).readerFor(Order.class);
			assertTakesLittleMore(context, "record", (message) -> handle(reader.<Order>readValue(message.getData())));
		});
	}

	private static ApplicationContextRunner application() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, NatsAutoConfiguration.class,
					NatsConverterAutoConfiguration.class, NatsJetStreamOptionsAutoConfiguration.class,
					NatsTopologyAutoConfiguration.class, NatsTemplateAutoConfiguration.class,
					NatsMetricsAutoConfiguration.class, NatsListenerAutoConfiguration.class))
			.withPropertyValues("nats.servers=" + server.url(), "nats.listener.auto-startup=false",
					"nats.listener.max-ack-pending=" + MOST_UNACKNOWLEDGED)
			.withBean(PrometheusMeterRegistry.class, () -> new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))
			.withBean(Handlers.class);
	}

	private static void handle(byte[] body) {
		if (body.length == ORDER.length) {
			left.countDown();
		}
	}

	private static void handle(Order order) {
		if (order.amount() == 123_456) {
			left.countDown();
		}
	}

	/**
	 * Repeated until it takes little enough: in the first rounds the compiler hasn't
	 * settled.
	 */
	private static void assertTakesLittleMore(ApplicationContext context, String id, MessageHandler handler)
			throws Exception {
		assertThat(context.getBean(NatsMetrics.class)).isNotSameAs(NatsMetrics.NONE);
		ListenerContainer container = context.getBean(NatsListenerEndpointRegistry.class).getListenerContainer(id);
		long least = leastBytes(id, () -> pull(id, handler), Long.MIN_VALUE);
		assertThat(leastBytes(id, () -> started(container), least + MOST_BYTES) - least).isLessThan(MOST_BYTES);
	}

	private static AutoCloseable pull(String consumer, MessageHandler handler) throws Exception {
		management.addOrUpdateConsumer("ORDERS",
				ConsumerConfiguration.builder().durable(consumer).maxAckPending(MOST_UNACKNOWLEDGED).build());
		String inbox = connection.createInbox();
		Dispatcher dispatcher = connection.createDispatcher();
		dispatcher.subscribe(inbox, (message) -> {
			handler.onMessage(message);
			message.ack();
			if (left.getCount() % PULLED == 0) {
				pull(consumer, inbox, PULLED);
			}
		});
		pull(consumer, inbox, 2 * PULLED);
		return () -> connection.closeDispatcher(dispatcher);
	}

	private static void pull(String consumer, String inbox, int messages) {
		connection.publish("$JS.API.CONSUMER.MSG.NEXT.ORDERS." + consumer, inbox,
				PullRequestOptions.builder(messages).expiresIn(PULL_EXPIRES).build().serialize());
	}

	private static AutoCloseable started(ListenerContainer container) {
		container.start();
		return container::stop;
	}

	private static long leastBytes(String consumer, Callable<AutoCloseable> start, long enough) throws Exception {
		long least = Long.MAX_VALUE;
		for (int round = 0; round < ROUNDS && least >= enough; round++) {
			left = new CountDownLatch(MESSAGES);
			AllocatedBytes allocated = new AllocatedBytes();
			try (AutoCloseable running = start.call()) {
				assertThat(left.await(1, TimeUnit.MINUTES)).isTrue();
				least = Math.min(least, allocated.sum(Set.of()) / MESSAGES);
				Awaitility.await().until(() -> acknowledged(consumer) == MESSAGES);
			}
			management.deleteConsumer("ORDERS", consumer);
		}
		return least;
	}

	private static long acknowledged(String consumer) throws Exception {
		return management.getConsumerInfo("ORDERS", consumer).getAckFloor().getStreamSequence();
	}

	record Order(String id, String customer, long amount, String currency) {
	}

	static class Handlers {

		@NatsListener(id = "bytes", stream = "ORDERS", consumer = "bytes")
		void bytes(byte[] body) {
			handle(body);
		}

		@NatsListener(id = "record", stream = "ORDERS", consumer = "record")
		void record(Order order) {
			handle(order);
		}

	}

}

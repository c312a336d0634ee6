package dev.natsboot.service;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import com.sun.management.ThreadMXBean;
import dev.natsboot.annotation.NatsRequestHandler;
import dev.natsboot.autoconfigure.NatsAutoConfiguration;
import dev.natsboot.autoconfigure.NatsConverterAutoConfiguration;
import dev.natsboot.autoconfigure.NatsJetStreamOptionsAutoConfiguration;
import dev.natsboot.autoconfigure.NatsListenerAutoConfiguration;
import dev.natsboot.autoconfigure.NatsServiceAutoConfiguration;
import dev.natsboot.autoconfigure.NatsTemplateAutoConfiguration;
import dev.natsboot.autoconfigure.NatsTopologyAutoConfiguration;
import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.convert.PayloadConverter;
import dev.natsboot.core.NatsExecutor;
import dev.natsboot.observation.ListenerMetrics.Outcome;
import dev.natsboot.observation.MicrometerNatsMetrics;
import dev.natsboot.observation.NatsObservations;
import dev.natsboot.observation.ObservedEndpoint;
import dev.natsboot.observation.SubjectTags;
import dev.natsboot.testsupport.NatsServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.MessageHandler;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a request takes on its way from the client through the handler to the reply,
 * beyond what a hand-written handler takes that sends the same reply.
 */
@Tag("allocation")
class RequestAllocationTests {

	private static final int ROUNDS = 16;

	private static final int REQUESTS = 50_000;

	/** What is wanted is 150, the rest is for what the compiler leaves. */
	private static final long MOST_BYTES = 200;

	private static final byte[] ORDER = """
			{"id":"order-000001","customer":"customer-42","amount":123456,"currency":"EUR"}"""
		.getBytes(StandardCharsets.US_ASCII);

	/** Read-only, so that the client doesn't copy it. */
	private static final Headers JSON = new Headers(new Headers().put("Content-Type", "application/json"), true);

	private static final Message REQUEST = NatsMessage.builder()
		.subject("orders.price")
		.replyTo("_INBOX.requester.1")
		.data(ORDER)
		.build();

	private static NatsServer server;

	@BeforeAll
	static void startServer() {
		server = new NatsServer();
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@Test
	void answeringWithBytes() {
		application().run((context) -> {
			Connection connection = context.getBean(NatsConnectionManager.class).current();
			assertTakesLittleMore(context, "bytes",
					(request) -> connection.publish(request.getReplyTo(), request.getData()));
		});
	}

	@Test
	void answeringWithARecord() {
		application().run((context) -> {
			Connection connection = context.getBean(NatsConnectionManager.class).current();
			JsonMapper mapper = context.getBean(JsonMapper.class);
			assertTakesLittleMore(context, "record", (request) -> connection.publish(request.getReplyTo(), JSON,
					mapper.writeValueAsBytes(mapper.readValue(request.getData(), Order.class))));
		});
	}

	private static ApplicationContextRunner application() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, NatsAutoConfiguration.class,
					NatsConverterAutoConfiguration.class, NatsJetStreamOptionsAutoConfiguration.class,
					NatsTopologyAutoConfiguration.class, NatsTemplateAutoConfiguration.class,
					NatsListenerAutoConfiguration.class, NatsServiceAutoConfiguration.class))
			.withPropertyValues("nats.servers=" + server.url())
			.withBean(Handlers.class);
	}

	/**
	 * Repeated until it takes little enough: in the first rounds the compiler hasn't
	 * settled.
	 */
	private static void assertTakesLittleMore(ApplicationContext context, String id, MessageHandler raw)
			throws Exception {
		Connection connection = context.getBean(NatsConnectionManager.class).current();
		long least = leastBytes(connection, raw, Long.MIN_VALUE);
		assertThat(least).isPositive();
		assertThat(context.getBean(NatsExecutor.class).isOrdinary()).as("handled on this thread").isTrue();
		try (MicrometerNatsMetrics metrics = new MicrometerNatsMetrics(new SimpleMeterRegistry(),
				new SubjectTags(10, List.of()), List.of())) {
			RequestWorkers workers = workers(context, id, metrics);
			assertThat(leastBytes(connection, workers, least + MOST_BYTES) - least).isLessThan(MOST_BYTES);
			assertThat(workers.isIdle()).isTrue();
		}
	}

	private static RequestWorkers workers(ApplicationContext context, String id, MicrometerNatsMetrics metrics) {
		RequestEndpoint endpoint = context.getBean(NatsServiceRegistry.class).getContainer(id).getEndpoint();
		ReplyChannel channel = new ReplyChannel(context.getBean(NatsConnectionManager.class));
		return new RequestWorkers(
				new RequestContext(endpoint, new Replies(channel, context.getBean(PayloadConverter.class)),
						new ErrorReplies(id, channel, context.getBean(ServiceErrorResolver.class)),
						new EndpointCounters(), metrics.listener(id, List.of(endpoint.subject()), Outcome.OF_REQUESTS),
						NatsObservations.NONE,
						new ObservedEndpoint(id, List.of(endpoint.subject()), endpoint.queue(), null, true)),
				context.getBean(NatsExecutor.class));
	}

	private static long leastBytes(Connection connection, MessageHandler handler, long enough) throws Exception {
		ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
		long thread = Thread.currentThread().getId();
		long least = Long.MAX_VALUE;
		for (int round = 0; round < ROUNDS && least >= enough; round++) {
			long before = threads.getThreadAllocatedBytes(thread);
			for (int i = 0; i < REQUESTS; i++) {
				handler.onMessage(REQUEST);
			}
			least = Math.min(least, (threads.getThreadAllocatedBytes(thread) - before) / REQUESTS);
			connection.flush(Duration.ofSeconds(30));
		}
		return least;
	}

	record Order(String id, String customer, long amount, String currency) {
	}

	static class Handlers {

		@NatsRequestHandler(id = "bytes", subject = "orders.bytes")
		byte[] bytes(byte[] body) {
			return body;
		}

		@NatsRequestHandler(id = "record", subject = "orders.record")
		Order record(Order order) {
			return order;
		}

	}

}

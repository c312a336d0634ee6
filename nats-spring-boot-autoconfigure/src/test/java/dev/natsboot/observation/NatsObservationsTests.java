package dev.natsboot.observation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.convert.MessagingPayloadConverter;
import dev.natsboot.convert.NatsMessageConverters;
import dev.natsboot.core.JetStreamTemplate;
import dev.natsboot.core.NatsException;
import dev.natsboot.core.NatsExecutor;
import dev.natsboot.core.NatsNoRespondersException;
import dev.natsboot.core.NatsPublishException;
import dev.natsboot.core.NatsRequestTimeoutException;
import dev.natsboot.core.NatsTemplate;
import dev.natsboot.testsupport.NatsServer;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
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
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class NatsObservationsTests {

	private static NatsServer server;

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final NatsObservations observations = new NatsObservations(this.registry, new SubjectTags(10, List.of()));

	private final List<Observation.Context> stopped = new CopyOnWriteArrayList<>();

	private Connection connection;

	private NatsExecutor callbacks;

	private NatsTemplate template;

	private JetStreamTemplate jetStream;

	@BeforeAll
	static void startServer() throws Exception {
		server = new NatsServer();
		try (Connection connection = Nats.connect(server.url())) {
			connection.jetStreamManagement()
				.addStream(StreamConfiguration.builder()
					.name("ORDERS")
					.subjects("orders.>")
					.storageType(StorageType.Memory)
					.build());
		}
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@BeforeEach
	void connect() throws Exception {
		this.registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {

			@Override
			public void onStop(Observation.Context context) {
				NatsObservationsTests.this.stopped.add(context);
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
		this.connection = Nats.connect(Options.builder().server(server.url()).reportNoResponders().build());
		this.callbacks = NatsExecutor.platformThreads();
		NatsConnectionManager manager = NatsConnectionManager.of(this.connection);
		manager.start();
		MessagingPayloadConverter converter = new MessagingPayloadConverter(
				NatsMessageConverters.withJson(new JsonMapper()));
		this.template = new NatsTemplate(manager, converter, this.callbacks);
		this.template.setObservations(this.observations);
		this.jetStream = new JetStreamTemplate(manager, converter, this.callbacks);
		this.jetStream.setObservations(this.observations);
		this.jetStream.setPublishRetryWait(Duration.ofMillis(1));
	}

	@AfterEach
	void close() throws Exception {
		this.connection.close();
		this.callbacks.close();
	}

	@Test
	void observesPublish() {
		this.template.publish("carts.4711", "hello", Map.of("Nats-Msg-Id", "m-1"));
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasNumberOfObservationsEqualTo(1)
			.hasObservationWithNameEqualTo("nats.publish")
			.that()
			.hasBeenStarted()
			.hasBeenStopped()
			.hasContextualNameEqualTo("publish carts.*")
			.hasOnlyKeys("messaging.system", "messaging.operation.name", "messaging.operation.type",
					"messaging.destination.template", "messaging.destination.name", "messaging.message.id",
					"messaging.message.body.size")
			.hasLowCardinalityKeyValue("messaging.system", "nats")
			.hasLowCardinalityKeyValue("messaging.operation.name", "publish")
			.hasLowCardinalityKeyValue("messaging.operation.type", "send")
			.hasLowCardinalityKeyValue("messaging.destination.template", "carts.*")
			.hasHighCardinalityKeyValue("messaging.destination.name", "carts.4711")
			.hasHighCardinalityKeyValue("messaging.message.id", "m-1")
			.hasHighCardinalityKeyValue("messaging.message.body.size", "5");
	}

	@Test
	void observesPublishToStreamUntilItIsConfirmed() throws Exception {
		this.jetStream.publish("orders.created", "a");
		this.jetStream.publishAsync("orders.created", "b").get(5, TimeUnit.SECONDS);
		assertThat(this.stopped).hasSize(2);
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasNumberOfObservationsWithNameEqualTo("nats.publish", 2)
			.forAllObservationsWithNameEqualTo("nats.publish", (observation) -> observation.doesNotHaveError()
				.hasHighCardinalityKeyValueWithKey("messaging.message.id"));
	}

	@Test
	void observesFailures() {
		assertThatExceptionOfType(NatsPublishException.class)
			.isThrownBy(() -> this.jetStream.publish("nobody.here", "x"));
		assertThat(this.jetStream.publishAsync("nobody.here", "x")).failsWithin(Duration.ofSeconds(10));
		assertThat(this.stopped).hasSize(2);
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasNumberOfObservationsWithNameEqualTo("nats.publish", 2)
			.forAllObservationsWithNameEqualTo("nats.publish",
					(observation) -> observation.assertThatError().isInstanceOf(NatsPublishException.class));
	}

	@Test
	void anObserverThatFailsKeepsNoOutcomeOfPublishingBack() {
		List<String> counted = new CopyOnWriteArrayList<>();
		this.jetStream.setMetrics((subject, failed) -> counted.add(subject + " " + failed));
		this.registry.observationConfig().observationHandler(new FailingHandler());
		assertThat(this.jetStream.publishAsync("orders.created", "x")).succeedsWithin(Duration.ofSeconds(10));
		assertThat(this.jetStream.publishAsync("nobody.here", "x")).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.withCauseInstanceOf(NatsPublishException.class);
		assertThat(counted).containsExactly("orders.created false", "nobody.here true");
	}

	@Test
	void anObserverThatFailsFreesOnePlaceOfTheWindow() {
		this.connection.createDispatcher((message) -> {
		}).subscribe("held");
		this.jetStream.setPublishWindow(1);
		this.jetStream.setPublishTimeout(Duration.ofSeconds(30));
		this.registry.observationConfig().observationHandler(new FailingHandler());
		assertThat(this.jetStream.publishAsync("orders.created", "x")).succeedsWithin(Duration.ofSeconds(10));
		this.jetStream.publishAsync("held", "x");
		this.jetStream.setPublishTimeout(Duration.ofMillis(1));
		assertThat(this.jetStream.publishAsync("held", "x")).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.withMessageContaining("it got no place in the window of unconfirmed messages");
	}

	@Test
	void anObserverThatFailsKeepsNoOutcomeOfARequestBack() {
		this.connection.createDispatcher((request) -> this.connection.publish(request.getReplyTo(), request.getData()))
			.subscribe("echo");
		this.registry.observationConfig().observationHandler(new FailingHandler());
		assertThat(this.template.requestAsync("echo", "x", String.class)).succeedsWithin(Duration.ofSeconds(10))
			.isEqualTo("x");
		assertThat(this.template.requestAsync("nobody.here", "x", String.class)).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.withCauseInstanceOf(NatsNoRespondersException.class);
		assertThat(this.template.requestAsync("echo", new byte[2 * 1024 * 1024], String.class))
			.failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.withCauseInstanceOf(NatsException.class);
	}

	@Test
	void observesRequestAndItsReply() {
		this.connection.createDispatcher((request) -> this.connection.publish(request.getReplyTo(), request.getData()))
			.subscribe("echo");
		assertThat(this.template.request("echo", "x", String.class)).isEqualTo("x");
		assertThat(this.template.requestAsync("echo", "x", String.class)).succeedsWithin(Duration.ofSeconds(10));
		assertThat(this.stopped).hasSize(2);
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasNumberOfObservationsWithNameEqualTo("nats.request", 2)
			.forAllObservationsWithNameEqualTo("nats.request",
					(observation) -> observation.doesNotHaveError()
						.hasContextualNameEqualTo("request echo")
						.hasLowCardinalityKeyValue("messaging.operation.name", "request"));
		assertThat(this.stopped).allSatisfy((context) -> {
			NatsRequestObservationContext request = (NatsRequestObservationContext) context;
			assertThat(request.getKind()).isEqualTo(Kind.CLIENT);
			assertThat(request.getResponse().getData()).asString().isEqualTo("x");
		});
	}

	@Test
	void observesFailedRequests() {
		assertThatExceptionOfType(NatsNoRespondersException.class)
			.isThrownBy(() -> this.template.request("nobody.here", "x", String.class));
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasSingleObservationThat()
			.hasBeenStopped()
			.assertThatError()
			.isInstanceOf(NatsNoRespondersException.class);
		this.registry.clear();
		this.connection.createDispatcher((request) -> {
		}).subscribe("slow");
		assertThat(this.template.requestAsync("slow", "x", String.class, Duration.ofMillis(50)))
			.failsWithin(Duration.ofSeconds(10));
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasSingleObservationThat()
			.hasBeenStopped()
			.assertThatError()
			.isInstanceOf(NatsRequestTimeoutException.class);
	}

	@Test
	void carriesTheTraceThroughHeadersOfTheCallersThread() throws Exception {
		this.registry.observationConfig().observationHandler(new ThreadNameInHeaders());
		BlockingQueue<Message> received = new LinkedBlockingQueue<>();
		this.connection.createDispatcher(received::add).subscribe("orders.>");
		Headers given = new Headers().put("traceparent", "stale");
		this.template.publish("orders.created", "a", given);
		this.jetStream.publishAsync("orders.created", "b", Map.of("traceparent", "stale")).get(5, TimeUnit.SECONDS);
		for (int i = 0; i < 2; i++) {
			assertThat(received.poll(5, TimeUnit.SECONDS).getHeaders().get("traceparent"))
				.containsExactly(Thread.currentThread().getName());
		}
		assertThat(given.getFirst("traceparent")).isEqualTo("stale");
	}

	@Test
	void continuesTheTraceWhenProcessing() {
		ThreadNameInHeaders handler = new ThreadNameInHeaders();
		this.registry.observationConfig().observationHandler(handler);
		Message message = NatsMessage.builder()
			.subject("orders.created")
			.headers(new Headers().put("traceparent", "publisher").put("Nats-Msg-Id", "m-1"))
			.data("abc", StandardCharsets.UTF_8)
			.build();
		ObservedEndpoint endpoint = new ObservedEndpoint("payment", List.of("orders.>"), "workers", null, false);
		Observation observation = this.observations.process(endpoint, message);
		try (Observation.Scope scope = observation.openScope()) {
			assertThat(this.registry.getCurrentObservation()).isSameAs(observation);
		}
		observation.error(new IllegalStateException("expected"));
		observation.stop();
		assertThat(handler.received).isEqualTo("publisher");
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasObservationWithNameEqualTo("nats.process")
			.that()
			.hasBeenStopped()
			.hasContextualNameEqualTo("process orders.>")
			.hasOnlyKeys("messaging.system", "messaging.operation.name", "messaging.operation.type",
					"messaging.destination.template", "messaging.consumer.group.name", "messaging.nats.stream",
					"messaging.nats.listener", "messaging.destination.name", "messaging.message.id",
					"messaging.message.body.size")
			.hasLowCardinalityKeyValue("messaging.consumer.group.name", "workers")
			.hasLowCardinalityKeyValue("messaging.nats.stream", KeyValue.NONE_VALUE)
			.hasLowCardinalityKeyValue("messaging.nats.listener", "payment")
			.hasHighCardinalityKeyValue("messaging.destination.name", "orders.created")
			.hasHighCardinalityKeyValue("messaging.message.id", "m-1")
			.assertThatError()
			.isInstanceOf(IllegalStateException.class);
	}

	@Test
	void continuesTheTraceOfAHeaderInOtherCase() {
		ThreadNameInHeaders handler = new ThreadNameInHeaders();
		this.registry.observationConfig().observationHandler(handler);
		Message message = NatsMessage.builder()
			.subject("orders.created")
			.headers(new Headers().put("Traceparent", "publisher"))
			.build();
		ObservedEndpoint endpoint = new ObservedEndpoint("payment", List.of("orders.>"), "workers", null, false);
		this.observations.process(endpoint, message).stop();
		assertThat(handler.received).isEqualTo("publisher");
	}

	@Test
	void recordsDeliveryOfJetStreamMessage() throws Exception {
		long sequence = this.jetStream.publish("orders.delivered", "x").getSeqno();
		this.registry.clear();
		Message message = this.connection.jetStream().subscribe("orders.delivered").nextMessage(Duration.ofSeconds(5));
		ObservedEndpoint endpoint = new ObservedEndpoint("audit", List.of("orders.>"), "audit", "ORDERS", false);
		this.observations.process(endpoint, message).stop();
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasSingleObservationThat()
			.hasLowCardinalityKeyValue("messaging.nats.stream", "ORDERS")
			.hasHighCardinalityKeyValue("messaging.nats.stream.sequence", Long.toString(sequence))
			.hasHighCardinalityKeyValue("messaging.nats.delivery.count", "1");
	}

	@Test
	void requestHandlersAreServersAndListenersAreConsumers() {
		Message message = NatsMessage.builder().subject("a").build();
		assertThat(new NatsProcessObservationContext(new ObservedEndpoint("a", List.of("a"), null, null, true), message)
			.getKind()).isEqualTo(Kind.SERVER);
		assertThat(
				new NatsProcessObservationContext(new ObservedEndpoint("a", List.of("a"), null, null, false), message)
					.getKind())
			.isEqualTo(Kind.CONSUMER);
	}

	@Test
	void conventionsAreReplaceable() {
		this.observations.setPublishConvention(new DefaultNatsPublishObservationConvention() {

			@Override
			public String getName() {
				return "my.publish";
			}

		});
		this.template.publish("a", "x");
		TestObservationRegistryAssert.assertThat(this.registry).hasObservationWithNameEqualTo("my.publish");
	}

	@Test
	void makesNothingWhenNothingIsObserved() {
		assertThat(NatsObservations.NONE.isNoop()).isTrue();
		assertThat(NatsObservations.NONE.publish("a", null, 0)).isSameAs(Observation.NOOP);
		assertThat(NatsObservations.NONE.request("a", null, 0)).isSameAs(Observation.NOOP);
		this.template.setObservations(NatsObservations.NONE);
		this.template.publish("a", "x");
		Awaitility.await().until(() -> this.connection.getStatistics().getOutMsgs() > 0);
		TestObservationRegistryAssert.assertThat(this.registry).doesNotHaveAnyObservation();
	}

	/**
	 * Has a defect.
	 */
	static class FailingHandler implements ObservationHandler<Observation.Context> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		@Override
		public void onStop(Observation.Context context) {
			throw new AssertionError("expected");
		}

	}

	/**
	 * What a tracer does, with the thread's name for a trace.
	 */
	static class ThreadNameInHeaders implements ObservationHandler<Observation.Context> {

		private volatile String received;

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof SenderContext<?> || context instanceof ReceiverContext<?>;
		}

		@Override
		@SuppressWarnings("unchecked")
		public void onStart(Observation.Context context) {
			if (context instanceof SenderContext<?> sender) {
				inject((SenderContext<Object>) sender);
			}
			else if (context instanceof ReceiverContext<?> receiver) {
				extract((ReceiverContext<Object>) receiver);
			}
		}

		private void inject(SenderContext<Object> context) {
			context.getSetter().set(context.getCarrier(), "traceparent", Thread.currentThread().getName());
		}

		private void extract(ReceiverContext<Object> context) {
			this.received = context.getGetter().get(context.getCarrier(), "traceparent");
		}

	}

}

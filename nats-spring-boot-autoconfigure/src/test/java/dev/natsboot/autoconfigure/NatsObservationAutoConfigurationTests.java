package dev.natsboot.autoconfigure;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.core.JetStreamTemplate;
import dev.natsboot.core.NatsTemplate;
import dev.natsboot.observation.DefaultNatsProcessObservationConvention;
import dev.natsboot.observation.DefaultNatsPublishObservationConvention;
import dev.natsboot.observation.DefaultNatsRequestObservationConvention;
import dev.natsboot.observation.NatsMeterObservationHandler;
import dev.natsboot.observation.NatsObservations;
import dev.natsboot.observation.ObservedEndpoint;
import dev.natsboot.testsupport.NatsServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.impl.NatsMessage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class NatsObservationAutoConfigurationTests {

	private static final ObservedEndpoint LISTENER = new ObservedEndpoint("payment", List.of("orders.>"), "payment",
			"ORDERS", false);

	private static NatsServer server;

	private final InMemorySpanExporter spans = InMemorySpanExporter.create();

	private final ApplicationContextRunner natsRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(NatsAutoConfiguration.class, NatsConverterAutoConfiguration.class,
				NatsTemplateAutoConfiguration.class, NatsObservationAutoConfiguration.class,
				NatsJetStreamAutoConfiguration.class, NatsJetStreamOptionsAutoConfiguration.class,
				NatsTopologyAutoConfiguration.class, JacksonAutoConfiguration.class))
		.withPropertyValues("nats.servers=" + server.url(), "nats.jetstream.streams.ORDERS.subjects=orders.>");

	private final ApplicationContextRunner runner = this.natsRunner
		.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class));

	private final ApplicationContextRunner tracingRunner = this.runner
		.withConfiguration(AutoConfigurations.of(OpenTelemetrySdkAutoConfiguration.class,
				OpenTelemetryTracingAutoConfiguration.class, MicrometerTracingAutoConfiguration.class))
		.withBean(SpanExporter.class, () -> this.spans)
		.withPropertyValues("management.tracing.sampling.probability=1.0", "spring.application.name=test");

	private final ApplicationContextRunner metersRunner = this.runner.withConfiguration(
			AutoConfigurations.of(MetricsAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class));

	@BeforeAll
	static void startServer() {
		server = new NatsServer();
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@Test
	void oneTraceGoesFromPublisherThroughHandlerToItsOwnMessages() {
		this.tracingRunner.run((context) -> {
			assertThat(context).hasNotFailed();
			BlockingQueue<Message> received = subscribe(context, "orders.>");
			context.getBean(JetStreamTemplate.class).publish("orders.created.v1", "{}");
			Message message = received.poll(5, TimeUnit.SECONDS);
			handle(context, message, () -> context.getBean(JetStreamTemplate.class).publishAsync("orders.paid", "{}"));
			Message second = received.poll(5, TimeUnit.SECONDS);
			handle(context, second, () -> {
			});
			List<SpanData> spans = finished(context, 4);
			assertThat(spans).extracting(SpanData::getName)
				.containsExactlyInAnyOrder("publish orders.created.v1", "process orders.>", "publish orders.paid",
						"process orders.>");
			assertThat(spans).extracting(SpanData::getTraceId).containsOnly(spans.get(0).getTraceId());
			assertThat(message.getHeaders().getFirst("traceparent")).startsWith("00-" + spans.get(0).getTraceId());
			SpanData publish = span(spans, "publish orders.created.v1");
			assertThat(publish.getKind()).isEqualTo(SpanKind.PRODUCER);
			assertThat(publish.getAttributes().get(AttributeKey.stringKey("messaging.system"))).isEqualTo("nats");
			SpanData process = spans.stream()
				.filter((span) -> span.getParentSpanId().equals(publish.getSpanId()))
				.findFirst()
				.orElseThrow();
			assertThat(process.getName()).isEqualTo("process orders.>");
			assertThat(process.getKind()).isEqualTo(SpanKind.CONSUMER);
			assertThat(span(spans, "publish orders.paid").getParentSpanId()).isEqualTo(process.getSpanId());
		});
	}

	@Test
	void requestSpanIsParentOfTheHandlersSpan() {
		this.tracingRunner.run((context) -> {
			Connection connection = context.getBean(NatsConnectionManager.class).current();
			ObservedEndpoint handler = new ObservedEndpoint("greeter", List.of("greeter.greet"), "greeters", null,
					true);
			connection.createDispatcher((request) -> {
				Observation observation = context.getBean(NatsObservations.class).process(handler, request);
				connection.publish(request.getReplyTo(), request.getData());
				observation.stop();
			}).subscribe("greeter.greet");
			assertThat(context.getBean(NatsTemplate.class).request("greeter.greet", "World", String.class))
				.isEqualTo("World");
			List<SpanData> spans = finished(context, 2);
			SpanData request = span(spans, "request greeter.greet");
			SpanData process = span(spans, "process greeter.greet");
			assertThat(request.getKind()).isEqualTo(SpanKind.CLIENT);
			assertThat(process.getKind()).isEqualTo(SpanKind.SERVER);
			assertThat(process.getParentSpanId()).isEqualTo(request.getSpanId());
		});
	}

	@Test
	void oneSwitchTurnsObservationsOff() {
		this.tracingRunner.withPropertyValues("nats.observation.enabled=false").run((context) -> {
			assertThat(context).doesNotHaveBean(NatsObservations.class);
			BlockingQueue<Message> received = subscribe(context, "orders.>");
			context.getBean(NatsTemplate.class).publish("orders.created", "{}");
			assertThat(received.poll(5, TimeUnit.SECONDS).hasHeaders()).isFalse();
			assertThat(finished(context, 0)).isEmpty();
		});
	}

	@Test
	void backsOffWithoutObservationRegistry() {
		this.natsRunner.run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(NatsObservations.class);
			context.getBean(NatsTemplate.class).publish("orders.created", "{}");
		});
	}

	@Test
	void nothingIsAddedToMessagesWithoutHandlers() {
		this.natsRunner.withBean(ObservationRegistry.class, ObservationRegistry::create).run((context) -> {
			BlockingQueue<Message> received = subscribe(context, "orders.>");
			context.getBean(NatsTemplate.class).publish("orders.created", "{}");
			assertThat(received.poll(5, TimeUnit.SECONDS).hasHeaders()).isFalse();
			assertThat(context.getBean(NatsObservations.class).isNoop()).isTrue();
		});
	}

	@Test
	void usesConventionsOfTheApplication() {
		this.runner
			.withBean("publish", DefaultNatsPublishObservationConvention.class,
					DefaultNatsPublishObservationConvention::new)
			.withBean("request", DefaultNatsRequestObservationConvention.class,
					DefaultNatsRequestObservationConvention::new)
			.withBean("process", DefaultNatsProcessObservationConvention.class,
					DefaultNatsProcessObservationConvention::new)
			.run((context) -> {
				NatsObservations observations = context.getBean(NatsObservations.class);
				assertThat(observations).extracting("publishConvention").isSameAs(context.getBean("publish"));
				assertThat(observations).extracting("requestConvention").isSameAs(context.getBean("request"));
				assertThat(observations).extracting("processConvention").isSameAs(context.getBean("process"));
			});
	}

	@Test
	void timesEachMessageOnceWithMetersThatAreLookedUpOnce() {
		this.metersRunner.run((context) -> {
			context.getBean(NatsTemplate.class).publish("orders.created", "{}");
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(meters.get("nats.publish").timer().count()).isOne();
			assertThat(meters.get("nats.publish.active").longTaskTimers()).hasSize(1);
			assertThat(context).hasSingleBean(NatsMeterObservationHandler.class);
		});
	}

	@Test
	void makesNoLongTaskTimersWhereSpringBootMakesNone() {
		this.metersRunner.withPropertyValues("management.metrics.observations.ignored-meters=long-task-timer")
			.run((context) -> {
				context.getBean(NatsTemplate.class).publish("orders.created", "{}");
				assertThat(context.getBean(MeterRegistry.class).find("nats.publish.active").meter()).isNull();
			});
	}

	@Test
	void timersThatTheListenersOwnDuplicateCanBeDeniedAndSpansStay() {
		this.tracingRunner
			.withConfiguration(
					AutoConfigurations.of(MetricsAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class))
			.withPropertyValues("management.metrics.enable.nats.process=false")
			.run((context) -> {
				Message message = NatsMessage.builder().subject("orders.created").data("{}").build();
				handle(context, message, () -> {
				});
				assertThat(finished(context, 1)).extracting(SpanData::getName).containsExactly("process orders.>");
				assertThat(context.getBean(MeterRegistry.class).find("nats.process").meter()).isNull();
			});
	}

	@Test
	void leavesMetersToSpringBootWithoutAMeterRegistry() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(NatsMeterObservationHandler.class));
	}

	private static void handle(AssertableApplicationContext context, Message message, Runnable handler) {
		Observation observation = context.getBean(NatsObservations.class).process(LISTENER, message);
		observation.scoped(handler);
		observation.stop();
	}

	private static BlockingQueue<Message> subscribe(AssertableApplicationContext context, String subject) {
		BlockingQueue<Message> received = new LinkedBlockingQueue<>();
		context.getBean(NatsConnectionManager.class).current().createDispatcher(received::add).subscribe(subject);
		return received;
	}

	private List<SpanData> finished(AssertableApplicationContext context, int count) {
		Awaitility.await().untilAsserted(() -> {
			context.getBean(SdkTracerProvider.class).forceFlush().join(5, TimeUnit.SECONDS);
			assertThat(this.spans.getFinishedSpanItems()).hasSize(count);
		});
		return this.spans.getFinishedSpanItems();
	}

	private static SpanData span(List<SpanData> spans, String name) {
		return spans.stream().filter((span) -> span.getName().equals(name)).findFirst().orElseThrow();
	}

}

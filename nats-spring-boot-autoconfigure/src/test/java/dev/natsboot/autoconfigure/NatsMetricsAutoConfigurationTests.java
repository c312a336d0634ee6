package dev.natsboot.autoconfigure;

import java.time.Duration;

import dev.natsboot.core.JetStreamTemplate;
import dev.natsboot.core.NatsPublishException;
import dev.natsboot.core.NatsTemplate;
import dev.natsboot.observation.MicrometerNatsMetrics;
import dev.natsboot.observation.NatsConnectionMetrics;
import dev.natsboot.observation.NatsMetrics;
import dev.natsboot.testsupport.NatsServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.nats.client.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class NatsMetricsAutoConfigurationTests {

	private static NatsServer server;

	private final ApplicationContextRunner natsRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(NatsAutoConfiguration.class, NatsConverterAutoConfiguration.class,
				NatsTemplateAutoConfiguration.class, NatsMetricsAutoConfiguration.class,
				NatsJetStreamAutoConfiguration.class, NatsJetStreamOptionsAutoConfiguration.class,
				NatsTopologyAutoConfiguration.class, JacksonAutoConfiguration.class))
		.withPropertyValues("nats.servers=" + server.url(), "nats.jetstream.streams.ORDERS.subjects=orders.created.v1",
				"nats.template.publish-retry-wait=10ms");

	private final ApplicationContextRunner runner = this.natsRunner
		.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, PrometheusMetricsExportAutoConfiguration.class));

	@BeforeAll
	static void startServer() {
		server = new NatsServer();
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@Test
	void scrapeHasPublishedMessagesFromTheStart() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(scrape(context.getBean(PrometheusMeterRegistry.class))).contains(
					"nats_messages_published_total{subject=\"orders.created.v1\"} 0.0",
					"nats_messages_published_total{subject=\"other\"} 0.0");
		});
	}

	@Test
	void templatesCount() {
		this.runner.run((context) -> {
			PrometheusMeterRegistry registry = context.getBean(PrometheusMeterRegistry.class);
			JetStreamTemplate jetStream = context.getBean(JetStreamTemplate.class);
			jetStream.publish("orders.created.v1", "a");
			assertThat(jetStream.publishAsync("orders.created.v1", "a")).succeedsWithin(Duration.ofSeconds(10));
			assertThatExceptionOfType(NatsPublishException.class)
				.isThrownBy(() -> jetStream.publish("nobody.here", "x"));
			assertThat(jetStream.publishAsync("nobody.here", "x")).failsWithin(Duration.ofSeconds(10));
			context.getBean(NatsTemplate.class).publish("events", "x");
			assertThat(scrape(registry)).contains("nats_messages_published_total{subject=\"orders.created.v1\"} 2.0",
					"nats_messages_published_total{subject=\"events\"} 1.0",
					"nats_messages_publish_failures_total{subject=\"nobody.here\"} 2.0");
		});
	}

	@Test
	void scrapeHasTheConnection() {
		this.runner.run((context) -> {
			PrometheusMeterRegistry registry = context.getBean(PrometheusMeterRegistry.class);
			String tag = "{connection=\"natsConnectionManager\"}";
			assertThat(scrape(registry)).contains("nats_connection_up" + tag + " 1.0",
					"nats_connection_reconnects_total" + tag + " 0.0",
					"nats_connection_dropped_messages_total" + tag + " 0.0",
					"nats_connection_discarded_messages_total" + tag + " 0.0",
					"nats_connection_outstanding_requests" + tag + " 0.0");
			context.getBean(NatsTemplate.class).publish("events", new byte[1000]);
			Awaitility.await()
				.untilAsserted(() -> assertThat(registry.get("nats.connection.sent.bytes").functionCounter().count())
					.isGreaterThan(1000));
			assertThat(registry.get("nats.connection.sent.messages").functionCounter().count()).isPositive();
			assertThat(registry.get("nats.connection.received.messages").functionCounter().count()).isPositive();
			assertThat(registry.getMeters()).filteredOn((meter) -> meter.getId().getName().startsWith("nats."))
				.extracting((meter) -> meter.getId().getDescription())
				.doesNotContainNull();
		});
	}

	@Test
	void scrapeHasTheRequestsThatWait() {
		this.runner.run((context) -> {
			Connection connection = context.getBean(Connection.class);
			connection.createDispatcher((request) -> {
			}).subscribe("silent");
			context.getBean(NatsTemplate.class).requestAsync("silent", "x", String.class);
			connection.request("silent", new byte[0]);
			assertThat(scrape(context.getBean(PrometheusMeterRegistry.class)))
				.contains("nats_connection_outstanding_requests{connection=\"natsConnectionManager\"} 2.0");
		});
	}

	@Test
	void connectionIsDownWithoutServer() {
		this.runner.withPropertyValues("nats.servers=nats://localhost:1").run((context) -> {
			assertThat(scrape(context.getBean(PrometheusMeterRegistry.class)))
				.contains("nats_connection_up{connection=\"natsConnectionManager\"} 0.0");
		});
	}

	@Test
	void metersAreGoneAfterTheContextIsClosed() {
		SimpleMeterRegistry shared = new SimpleMeterRegistry();
		this.natsRunner.withBean("shared", MeterRegistry.class, () -> shared).run((context) -> {
			context.getBean(NatsConnectionMetrics.class).bindTo(shared);
			assertThat(shared.getMeters()).isNotEmpty();
		});
		assertThat(shared.getMeters()).isEmpty();
	}

	@Test
	void boundsSubjectsByProperty() {
		this.runner.withPropertyValues("nats.metrics.max-subjects=2").run((context) -> {
			NatsMetrics metrics = context.getBean(NatsMetrics.class);
			metrics.published("second", false);
			metrics.published("third", false);
			assertThat(scrape(context.getBean(PrometheusMeterRegistry.class))).contains(
					"nats_messages_published_total{subject=\"second\"} 1.0",
					"nats_messages_published_total{subject=\"other\"} 1.0");
		});
	}

	@Test
	void ownInboxPrefixIsAnInbox() {
		this.runner.withPropertyValues("nats.inbox-prefix=_REPLY").run((context) -> {
			context.getBean(NatsMetrics.class).published("_REPLY.abc.1", false);
			assertThat(scrape(context.getBean(PrometheusMeterRegistry.class)))
				.contains("nats_messages_published_total{subject=\"_INBOX.>\"} 1.0");
		});
	}

	@Test
	void backsOffWhenUserDefinesMetrics() {
		this.runner.withBean(NatsMetrics.class, () -> NatsMetrics.NONE)
			.run((context) -> assertThat(context).doesNotHaveBean(MicrometerNatsMetrics.class));
	}

	@Test
	void backsOffWithoutMeterRegistry() {
		this.natsRunner.run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(NatsMetrics.class)
			.hasSingleBean(NatsTemplate.class));
	}

	@Test
	void worksWithoutMicrometer() {
		this.natsRunner.withClassLoader(new FilteredClassLoader("io.micrometer.core")).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(NatsMetrics.class);
			context.getBean(NatsTemplate.class).publish("events", "x");
		});
	}

	private static String scrape(PrometheusMeterRegistry registry) {
		return registry.scrape();
	}

}

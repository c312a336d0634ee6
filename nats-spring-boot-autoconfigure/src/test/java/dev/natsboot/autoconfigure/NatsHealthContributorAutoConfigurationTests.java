package dev.natsboot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.natsboot.actuate.NatsHealthIndicator;
import dev.natsboot.annotation.NatsListener;
import dev.natsboot.annotation.NatsRequestHandler;
import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.core.EndpointState;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.testsupport.NatsServer;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.api.StreamConfiguration;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class NatsHealthContributorAutoConfigurationTests {

	private static NatsServer server;

	private static Connection connection;

	private static JetStreamManagement management;

	@BeforeAll
	static void connect() throws Exception {
		server = new NatsServer();
		connection = Nats.connect(server.url());
		management = connection.jetStreamManagement();
	}

	@AfterAll
	static void disconnect() throws Exception {
		connection.close();
		server.close();
	}

	@Test
	void backsOffWithoutSpringBootHealth() {
		runner(server).withClassLoader(new FilteredClassLoader(HealthIndicator.class, HealthContributor.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("natsHealthContributor"));
	}

	@Test
	void backsOffWhenDisabled() {
		runner(server).withPropertyValues("management.health.nats.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean("natsHealthContributor"));
	}

	@Test
	void backsOffWhenUserDefinesIndicator() {
		runner(server).withBean("natsHealthIndicator", HealthIndicator.class, () -> () -> Health.up().build())
			.run((context) -> assertThat(context).doesNotHaveBean("natsHealthContributor"));
	}

	@Test
	void showsConnectionListenersRequestHandlersAndTopology() {
		runner(server).withBean(Handlers.class)
			.withPropertyValues("nats.jetstream.streams.HEALTH.subjects=health.>")
			.run((context) -> {
				Health health = health(context);
				assertThat(health.getStatus()).isEqualTo(Status.UP);
				assertThat(health.getDetails()).containsOnlyKeys("connection", "listeners", "requestHandlers",
						"topology");
				assertThat(detail(health, "connection")).containsEntry("url", server.url())
					.containsEntry("jetStream", true)
					.containsKeys("serverName", "serverVersion", "since", "status");
				assertThat(detail(health, "listeners")).containsOnlyKeys("core", "orders", "manual");
				assertThat(status(health, "listeners", "orders")).isEqualTo(EndpointState.Status.RUNNING);
				assertThat(status(health, "listeners", "manual")).isEqualTo(EndpointState.Status.STOPPED);
				assertThat(status(health, "requestHandlers", "hello")).isEqualTo(EndpointState.Status.RUNNING);
				assertThat(status(health, "topology", "jetstream")).isEqualTo(EndpointState.Status.RUNNING);
			});
	}

	@Test
	void isUpWhenAListenerIsPausedOrStoppedOnPurpose() {
		runner(server).withBean(Handlers.class)
			.withPropertyValues("nats.jetstream.streams.HEALTH.subjects=health.>")
			.run((context) -> {
				NatsListenerEndpointRegistry registry = context.getBean(NatsListenerEndpointRegistry.class);
				registry.getListenerContainer("orders").pause();
				registry.getListenerContainer("core").stop();
				Health health = health(context);
				assertThat(status(health, "listeners", "orders")).isEqualTo(EndpointState.Status.PAUSED);
				assertThat(status(health, "listeners", "core")).isEqualTo(EndpointState.Status.STOPPED);
				assertThat(health.getStatus()).isEqualTo(Status.UP);
			});
	}

	@Test
	void isDownWithTheServerAndUpAgainWithIt() {
		try (NatsServer own = new NatsServer()) {
			runner(own).withBean(Handlers.class)
				.withPropertyValues("nats.jetstream.streams.HEALTH.subjects=health.>")
				.run((context) -> {
					assertThat(health(context).getStatus()).isEqualTo(Status.UP);
					own.kill();
					await().atMost(Duration.ofSeconds(5))
						.untilAsserted(() -> assertThat(health(context).getStatus()).isEqualTo(Status.DOWN));
					await().untilAsserted(() -> assertThat(answersWithin(context)).isLessThan(Duration.ofMillis(200)));
					assertThat(detail(health(context), "connection").get("status")).hasToString("RECONNECTING");
					own.start();
					await().atMost(Duration.ofSeconds(20))
						.untilAsserted(() -> assertThat(health(context).getStatus()).isEqualTo(Status.UP));
				});
		}
	}

	@Test
	void isDownBeforeTheFirstConnection() {
		NatsServer own = new NatsServer();
		own.stop();
		runner(own).run((context) -> {
			Health health = health(context);
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
			assertThat(detail(health, "connection")).containsKeys("lastError", "attempts");
			await().untilAsserted(() -> assertThat(answersWithin(context)).isLessThan(Duration.ofMillis(200)));
		});
		own.close();
	}

	@Test
	void showsADeadListenerAlthoughTheConnectionIsUp() {
		runner(server).withBean(Handlers.class)
			.withPropertyValues("nats.jetstream.streams.HEALTH.subjects=health.>")
			.run((context) -> {
				assertThat(health(context).getStatus()).isEqualTo(Status.UP);
				server.deleteStream(management, "HEALTH");
				await().atMost(Duration.ofSeconds(30))
					.untilAsserted(() -> assertThat(health(context).getStatus()).isEqualTo(Status.DOWN));
				Health health = health(context);
				assertThat(detail(health, "connection").get("status")).hasToString("CONNECTED");
				assertThat(detail(health, "listeners")).extractingByKey("orders", InstanceOfAssertFactories.MAP)
					.containsKeys("lastError", "attempts")
					.containsEntry("status", EndpointState.Status.RECOVERING);
				management.addStream(StreamConfiguration.builder().name("HEALTH").subjects("health.>").build());
				await().atMost(Duration.ofSeconds(60))
					.untilAsserted(() -> assertThat(health(context).getStatus()).isEqualTo(Status.UP));
			});
	}

	@Test
	void isDownWhenTheServerRefusesASubscription() {
		String users = "authorization { users: [ { user: a, password: b, permissions: { subscribe: { deny: \"core.subject\" } } } ] }";
		try (NatsServer strict = new NatsServer(users)) {
			runner(strict).withBean(Handlers.class)
				.withPropertyValues("nats.username=a", "nats.password=b",
						"nats.jetstream.streams.HEALTH.subjects=health.>")
				.run((context) -> {
					await().untilAsserted(() -> assertThat(health(context).getStatus()).isEqualTo(Status.DOWN));
					assertThat(status(health(context), "listeners", "orders")).isEqualTo(EndpointState.Status.RUNNING);
					assertThat(detail(health(context), "listeners"))
						.extractingByKey("core", InstanceOfAssertFactories.MAP)
						.containsEntry("status", EndpointState.Status.RECOVERING)
						.containsEntry("lastError", "Permissions Violation for Subscription to \"core.subject\"");
				});
		}
	}

	@Test
	void showsATopologyThatIsNotAsDeclared() throws Exception {
		management.addStream(StreamConfiguration.builder().name("TAKEN").subjects("taken").build());
		runner(server).withPropertyValues("nats.jetstream.streams.OTHER.subjects=taken").run((context) -> {
			Health health = health(context);
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
			assertThat(detail(health, "topology")).extractingByKey("jetstream", InstanceOfAssertFactories.MAP)
				.extractingByKey("lastError", InstanceOfAssertFactories.STRING)
				.contains("The server refused to create stream 'OTHER'");
		});
	}

	@Test
	void showsEveryConnectionByItself() {
		runner(server).withBean(Handlers.class)
			.withPropertyValues("nats.jetstream.streams.HEALTH.subjects=health.>")
			.withBean("second", NatsConnectionManager.class,
					() -> NatsConnectionManager.builder().options((options) -> options.server(server.url())).build())
			.withBean("natsConnectionManager", NatsConnectionManager.class,
					() -> NatsConnectionManager.builder().options((options) -> options.server(server.url())).build(),
					(definition) -> definition.setPrimary(true))
			.run((context) -> {
				CompositeHealthContributor composite = context.getBean("natsHealthContributor",
						CompositeHealthContributor.class);
				NatsHealthIndicator first = (NatsHealthIndicator) composite.getContributor("natsConnectionManager");
				NatsHealthIndicator second = (NatsHealthIndicator) composite.getContributor("second");
				assertThat(first.health().getDetails()).containsKeys("connection", "listeners", "topology");
				assertThat(second.health().getDetails()).containsOnlyKeys("connection");
			});
	}

	@Test
	void neitherLivenessNorReadinessDependsOnNats() {
		runner(server)
			.withConfiguration(AutoConfigurations.of(HealthContributorAutoConfiguration.class,
					HealthContributorRegistryAutoConfiguration.class, ApplicationAvailabilityAutoConfiguration.class,
					AvailabilityProbesAutoConfiguration.class, HealthEndpointAutoConfiguration.class))
			.withPropertyValues("management.endpoint.health.probes.enabled=true")
			.run((context) -> {
				HealthEndpoint endpoint = context.getBean(HealthEndpoint.class);
				assertThat(endpoint.healthForPath("nats")).isNotNull();
				HealthEndpointGroups groups = context.getBean(HealthEndpointGroups.class);
				assertThat(groups.getPrimary().isMember("nats")).isTrue();
				assertThat(groups.get("liveness").isMember("nats")).isFalse();
				assertThat(groups.get("readiness").isMember("nats")).isFalse();
			});
	}

	private static Duration answersWithin(ApplicationContext context) {
		long start = System.nanoTime();
		health(context);
		return Duration.ofNanos(System.nanoTime() - start);
	}

	private static Health health(ApplicationContext context) {
		return context.getBean("natsHealthContributor", NatsHealthIndicator.class).health();
	}

	private static Object status(Health health, String group, String id) {
		return ((Map<?, ?>) detail(health, group).get(id)).get("status");
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> detail(Health health, String name) {
		return (Map<String, Object>) health.getDetails().get(name);
	}

	private static ApplicationContextRunner runner(NatsServer server) {
		return new ApplicationContextRunner()
			.withPropertyValues("nats.servers=" + server.url(), "nats.reconnect-wait=100ms")
			.withConfiguration(AllNatsAutoConfigurations.get());
	}

	static class Handlers {

		@NatsListener(id = "core", subjects = "core.subject")
		void core(String payload) {
		}

		@NatsListener(id = "orders", stream = "HEALTH", subjects = "health.orders", consumer = "orders")
		void orders(String payload) {
		}

		@NatsListener(id = "manual", subjects = "manual.subject", autoStartup = "false")
		void manual(List<String> payloads) {
		}

		@NatsRequestHandler(id = "hello", subject = "hello")
		String hello(String name) {
			return "Hello, " + name + "!";
		}

	}

}

package dev.natsboot.autoconfigure;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.natsboot.connection.ConnectionState;
import dev.natsboot.connection.NatsConnectException;
import dev.natsboot.connection.NatsConnectedEvent;
import dev.natsboot.connection.NatsConnectionClosedEvent;
import dev.natsboot.connection.NatsConnectionEvent;
import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.connection.NatsDisconnectedEvent;
import dev.natsboot.connection.NatsNotConnectedException;
import dev.natsboot.connection.NatsReconnectedEvent;
import dev.natsboot.testsupport.FreePorts;
import dev.natsboot.testsupport.NatsServer;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamManagement;
import io.nats.client.KeyValueManagement;
import io.nats.client.Nats;
import io.nats.client.ObjectStoreManagement;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class NatsAutoConfigurationTests {

	private static NatsServer server;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(NatsAutoConfiguration.class,
				NatsJetStreamOptionsAutoConfiguration.class, NatsJetStreamAutoConfiguration.class))
		.withPropertyValues("nats.reconnect-wait=50ms");

	@BeforeAll
	static void startServer() {
		server = new NatsServer();
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@Test
	void makesJetStreamContextsForWhoeverAsksForThem() {
		connected().run((context) -> {
			assertThat(context.getBeanFactory().containsSingleton("natsObjectStoreManagement")).isFalse();
			assertThat(context.getBean(ObjectStoreManagement.class).getBucketNames()).isEmpty();
		});
	}

	@Test
	void connectsWhenTheContextStarts() {
		connected().withPropertyValues("spring.application.name=orders").run((context) -> {
			assertThat(context).hasSingleBean(NatsConnectionManager.class).hasBean("natsConnectionManager");
			assertThat(context).hasSingleBean(Connection.class).hasBean("natsConnection");
			Connection connection = context.getBean(Connection.class);
			assertThat(connection.getStatus()).isEqualTo(Connection.Status.CONNECTED);
			assertThat(connection.getOptions().getConnectionName()).isEqualTo("orders");
			assertThat(context.getBean(NatsConnectionManager.class).name()).isEqualTo("natsConnectionManager");
		});
	}

	@Test
	void connectsToLocalhostByDefault() {
		this.runner.withPropertyValues("spring.main.lazy-initialization=true").run((context) -> {
			NatsConnectionDetails details = context.getBean(NatsConnectionDetails.class);
			assertThat(details.getServers()).containsExactly("nats://localhost:4222");
		});
	}

	@Test
	void takesServersFromTheEnvironment() {
		this.runner
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("systemEnvironment",
						Map.of("NATS_SERVERS", "nats://localhost:1, " + server.url()))))
			.run((context) -> assertThat(context.getBean(Connection.class).getStatus())
				.isEqualTo(Connection.Status.CONNECTED));
	}

	@Test
	void worksWhileTheFirstServerIsDown() {
		this.runner
			.withPropertyValues("nats.servers=nats://localhost:" + FreePorts.next() + "," + server.url(),
					"nats.no-randomize=true", "nats.startup=fail-fast")
			.run((context) -> assertThat(context.getBean(Connection.class).getConnectedUrl()).isEqualTo(server.url()));
	}

	@Test
	void jetStreamBeansWork() {
		connected().run((context) -> {
			JetStreamManagement management = context.getBean(JetStreamManagement.class);
			management.addStream(StreamConfiguration.builder()
				.name("BEANS")
				.subjects("beans.>")
				.storageType(StorageType.Memory)
				.build());
			assertThat(context.getBean(JetStream.class).publish("beans.one", new byte[0]).getSeqno()).isOne();
			context.getBean(KeyValueManagement.class)
				.create(KeyValueConfiguration.builder().name("beans").storageType(StorageType.Memory).build());
			assertThat(context.getBean(KeyValueManagement.class).getBucketNames()).containsExactly("beans");
			assertThat(context.getBean(ObjectStoreManagement.class).getBucketNames()).isEmpty();
		});
	}

	@Test
	void usesTheConnectionOfTheApplication() {
		connected().withUserConfiguration(OwnConnection.class).run((context) -> {
			assertThat(context).hasSingleBean(Connection.class).doesNotHaveBean("natsConnection");
			NatsConnectionManager manager = context.getBean(NatsConnectionManager.class);
			assertThat(manager.current()).isSameAs(context.getBean("own"));
			assertThat(context.getBean(JetStreamManagement.class).getAccountStatistics()).isNotNull();
		});
	}

	@Test
	void usesTheManagerOfTheApplication() {
		connected().withUserConfiguration(OwnManager.class).run((context) -> {
			assertThat(context).hasSingleBean(NatsConnectionManager.class).hasBean("ownManager");
			assertThat(context.getBean(Connection.class).getOptions().getConnectionName()).isEqualTo("own");
		});
	}

	@Test
	void usesTheConnectionDetailsOfTheApplication() {
		this.runner.withUserConfiguration(OwnDetails.class)
			.withPropertyValues("nats.servers=nats://localhost:1", "nats.startup=fail-fast")
			.run((context) -> assertThat(context.getBean(Connection.class).getConnectedUrl()).isEqualTo(server.url()));
	}

	@Test
	void hasMoreThanOneConnection() {
		connected().withUserConfiguration(OtherManager.class).run((context) -> {
			assertThat(context.getBeansOfType(NatsConnectionManager.class)).containsOnlyKeys("natsConnectionManager",
					"other");
			UsesBoth both = context.getBean(UsesBoth.class);
			assertThat(both.first.getOptions().getConnectionName()).isNull();
			assertThat(both.second.connection().getOptions().getConnectionName()).isEqualTo("other");
			assertThat(both.second.name()).isEqualTo("other");
			assertThat(both.second.connection().getStatus()).isEqualTo(Connection.Status.CONNECTED);
		});
	}

	@Test
	void appliesCustomizersInTheirOrderAfterTheProperties() {
		connected().withUserConfiguration(Customizers.class)
			.withPropertyValues("nats.connection-name=by-property")
			.run((context) -> assertThat(context.getBean(Connection.class).getOptions().getConnectionName())
				.isEqualTo("second"));
	}

	@Test
	void startsWithoutNatsAndConnectsWhenItIsThere() {
		int port = FreePorts.next();
		this.runner.withPropertyValues("nats.servers=nats://localhost:" + port).run((context) -> {
			assertThat(context).hasNotFailed();
			Connection connection = context.getBean(Connection.class);
			assertThatExceptionOfType(NatsNotConnectedException.class)
				.isThrownBy(() -> connection.publish("subject", new byte[0]))
				.withMessageContaining("There is no NATS connection 'natsConnectionManager' yet")
				.withMessageContaining("nats://localhost:" + port)
				.withMessageContaining("connection refused");
			assertThatExceptionOfType(NatsNotConnectedException.class)
				.isThrownBy(() -> context.getBean(JetStream.class).publish("subject", new byte[0]));
			try (NatsServer late = new NatsServer(port)) {
				Awaitility.await()
					.untilAsserted(() -> assertThat(connection.getStatus()).isEqualTo(Connection.Status.CONNECTED));
				assertThat(context.getBean(JetStreamManagement.class).getAccountStatistics()).isNotNull();
				assertThat(late.port()).isEqualTo(port);
			}
		});
	}

	@Test
	void refusesToStartWithoutNatsWhenConfiguredSo() {
		int port = FreePorts.next();
		this.runner.withPropertyValues("nats.servers=nats://app:s3cr3t@localhost:" + port, "nats.startup=fail-fast")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(ConnectException.class)
				.satisfies((ex) -> assertThat(stackTrace(context.getStartupFailure())).doesNotContain("s3cr3t")
					.contains(NatsConnectException.class.getName())));
	}

	@Test
	void publishesEventsInTheirOrder() {
		try (NatsServer own = new NatsServer()) {
			List<NatsConnectionEvent> events = new ArrayList<>();
			this.runner.withPropertyValues("nats.servers=" + own.url())
				.withUserConfiguration(EventRecorder.class)
				.run((context) -> {
					List<NatsConnectionEvent> recorded = context.getBean(EventRecorder.class).events;
					own.kill();
					Awaitility.await()
						.until(() -> context.getBean(NatsConnectionManager.class).state().status(),
								ConnectionState.Status.RECONNECTING::equals);
					own.start();
					Awaitility.await().until(() -> recorded.size() == 3);
					context.getSourceApplicationContext().stop();
					events.addAll(recorded);
				});
			assertThat(events).hasExactlyElementsOfTypes(NatsConnectedEvent.class, NatsDisconnectedEvent.class,
					NatsReconnectedEvent.class, NatsConnectionClosedEvent.class);
			assertThat(events).extracting(NatsConnectionEvent::getConnectionName).containsOnly("natsConnectionManager");
			assertThat(events).extracting(NatsConnectionEvent::getUrl).containsOnly(own.url());
			assertThat(((NatsConnectionClosedEvent) events.get(3)).isUnexpected()).isFalse();
		}
	}

	@Test
	void survivesStopAndStartOfTheContext() {
		connected().run((context) -> {
			Connection connection = context.getBean(Connection.class);
			for (int i = 0; i < 3; i++) {
				context.getSourceApplicationContext().stop();
				assertThat(connection.getStatus()).isEqualTo(Connection.Status.CLOSED);
				context.getSourceApplicationContext().start();
				assertThat(connection.getStatus()).isEqualTo(Connection.Status.CONNECTED);
				assertThat(context.getBean(JetStreamManagement.class).getAccountStatistics()).isNotNull();
			}
		});
	}

	@Test
	void replacesConnectionThatTheServerRefusedForAWhile() {
		int port = FreePorts.next();
		NatsServer first = new NatsServer(port, "authorization { user: app, password: right }");
		try {
			this.runner
				.withPropertyValues("nats.servers=nats://localhost:" + port, "nats.username=app", "nats.password=right",
						"nats.connection-timeout=500ms")
				.run((context) -> {
					NatsConnectionManager manager = context.getBean(NatsConnectionManager.class);
					Connection before = manager.current();
					first.kill();
					try (NatsServer other = new NatsServer(port, "authorization { user: app, password: other }")) {
						Awaitility.await()
							.atMost(Duration.ofSeconds(20))
							.until(() -> manager.state().status(), ConnectionState.Status.REPLACING::equals);
						assertThat(before.getStatus()).isEqualTo(Connection.Status.CLOSED);
						assertThat(manager.state().lastError()).containsIgnoringCase("authorization violation");
						assertThat(other.port()).isEqualTo(port);
					}
					first.start();
					Awaitility.await()
						.atMost(Duration.ofSeconds(20))
						.until(() -> manager.state().status(), ConnectionState.Status.CONNECTED::equals);
					assertThat(manager.current()).isNotSameAs(before);
					assertThat(context.getBean(JetStreamManagement.class).getAccountStatistics()).isNotNull();
				});
		}
		finally {
			first.close();
		}
	}

	@Test
	void doesNothingWithoutTheClient() {
		this.runner.withClassLoader(new FilteredClassLoader(Connection.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("natsConnectionManager"));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void runsHandlersOnVirtualThreadsWhenEnabled() {
		connected().withPropertyValues("spring.threads.virtual.enabled=true").run((context) -> {
			Connection connection = context.getBean(Connection.class);
			List<String> threads = new CopyOnWriteArrayList<>();
			connection.createDispatcher((message) -> threads.add(Thread.currentThread().toString()))
				.subscribe("virtual");
			connection.publish("virtual", new byte[0]);
			Awaitility.await().until(() -> !threads.isEmpty());
			assertThat(threads).first().asString().startsWith("VirtualThread");
		});
	}

	@Test
	void doesNotUseVirtualThreadsUnlessTheyAreEnabled() {
		connected().withPropertyValues("spring.threads.virtual.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(NatsOptionsCustomizer.class));
	}

	private ApplicationContextRunner connected() {
		return this.runner.withPropertyValues("nats.servers=" + server.url());
	}

	private static String stackTrace(Throwable failure) {
		StringWriter text = new StringWriter();
		failure.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnConnection {

		@Bean
		Connection own() throws Exception {
			return Nats.connect(server.url());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnManager {

		@Bean
		NatsConnectionManager ownManager() {
			return NatsConnectionManager.builder()
				.options((options) -> options.server(server.url()).connectionName("own"))
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherManager {

		@Bean(defaultCandidate = false)
		NatsConnectionManager other() {
			return NatsConnectionManager.builder()
				.options((options) -> options.server(server.url()).connectionName("other"))
				.build();
		}

		@Bean
		UsesBoth usesBoth(Connection first, @Qualifier("other") NatsConnectionManager second) {
			return new UsesBoth(first, second);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnDetails {

		@Bean
		NatsConnectionDetails ownDetails() {
			return () -> List.of(server.url());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		@Bean
		@Order(2)
		NatsOptionsCustomizer second() {
			return (options) -> options.connectionName("second");
		}

		@Bean
		@Order(1)
		NatsOptionsCustomizer first() {
			return (options) -> options.connectionName("first");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EventRecorder {

		private final List<NatsConnectionEvent> events = new CopyOnWriteArrayList<>();

		@EventListener
		void on(NatsConnectionEvent event) {
			this.events.add(event);
		}

	}

	private record UsesBoth(Connection first, NatsConnectionManager second) {
	}

}

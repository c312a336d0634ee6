package dev.natsboot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.natsboot.actuate.NatsDescriptor;
import dev.natsboot.actuate.NatsEndpoint;
import dev.natsboot.actuate.NatsHealthIndicator;
import dev.natsboot.actuate.NatsEndpointWebExtension;
import dev.natsboot.annotation.NatsListener;
import dev.natsboot.annotation.NatsRequestHandler;
import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.testsupport.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Nats;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class NatsEndpointAutoConfigurationTests {

	private static NatsServer server;

	private static Connection connection;

	@BeforeAll
	static void connect() throws Exception {
		server = new NatsServer();
		connection = Nats.connect(server.url());
	}

	@AfterAll
	static void disconnect() throws Exception {
		connection.close();
		server.close();
	}

	@Test
	void backsOffWithoutActuator() {
		runner(server).withClassLoader(new FilteredClassLoader(Endpoint.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("natsEndpoint"));
	}

	@Test
	void backsOffWhenNotExposed() {
		runner(server).withPropertyValues("management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).doesNotHaveBean(NatsEndpoint.class));
	}

	@Test
	void showsEverything() throws Exception {
		runner(server).run((context) -> {
			connection.jetStream().publish("shop.orders", "one".getBytes());
			connection.jetStream().publish("shop.other", "two".getBytes());
			Handlers handlers = context.getBean(Handlers.class);
			await().untilAsserted(() -> assertThat(handlers.received).containsExactly("one"));
			NatsDescriptor nats = context.getBean(NatsEndpoint.class).nats(true);
			assertThat(nats.connections()).containsOnlyKeys("natsConnectionManager");
			assertThat(nats.connections().get("natsConnectionManager").status()).isEqualTo("CONNECTED");
			assertThat(nats.connections().get("natsConnectionManager").url()).isEqualTo(server.url());
			NatsDescriptor.Listener orders = nats.listeners().get("orders");
			assertThat(orders.state().status()).isEqualTo(Status.RUNNING);
			assertThat(orders.stream()).isEqualTo("SHOP");
			assertThat(orders.consumer()).isEqualTo("worker");
			assertThat(orders.consumerType()).isEqualTo("pull");
			assertThat(nats.listeners().get("core").consumerType()).isNull();
			assertThat(orders.subjects()).containsExactly("shop.orders");
			assertThat(nats.requestHandlers().get("hello").subject()).isEqualTo("shop.hello");
			assertThat(nats.services()).hasSize(1);
			await().untilAsserted(() -> assertThat(context.getBean(NatsEndpoint.class).nats(true).discovered())
				.containsExactlyElementsOf(nats.services()));
			assertThat(nats.topology().state().status()).isEqualTo(Status.RUNNING);
			assertThat(nats.streams()).containsOnlyKeys("natsConnectionManager/SHOP");
			assertThat(nats.streams().get("natsConnectionManager/SHOP").messages()).isEqualTo(2);
			assertThat(nats.consumers()).containsOnlyKeys("natsConnectionManager/SHOP/worker",
					"natsConnectionManager/SHOP/idle");
			assertThat(nats.consumers().get("natsConnectionManager/SHOP/idle").pending()).isEqualTo(2);
			assertThat(context.getBean(NatsEndpoint.class).nats(null).discovered()).isNull();
		});
	}

	@Test
	void showsHowAConsumerDiffersFromWhatItsListenerDeclares() {
		runner(server)
			.withPropertyValues("nats.listener.ack-wait=7s", "nats.jetstream.consumers.worker.stream=SHOP",
					"nats.jetstream.consumers.worker.filter-subjects=shop.orders",
					"nats.jetstream.consumers.worker.ack-wait=20s", "nats.jetstream.provisioning=update")
			.run((context) -> {
				String difference = "consumer 'worker' of stream 'SHOP', ack-wait: declared 7s, server 20s";
				NatsDescriptor nats = context.getBean(NatsEndpoint.class).nats(null);
				assertThat(nats.listeners().get("orders").differences()).containsExactly(difference);
				Health health = context.getBean(NatsHealthIndicator.class).health();
				assertThat(health.getStatus()).isEqualTo(org.springframework.boot.health.contributor.Status.UP);
				assertThat(health.getDetails()).containsEntry("differences", List.of(difference));
			});
	}

	@Test
	void answersInTimeAndTruthfullyWithoutAServer() {
		try (NatsServer own = new NatsServer()) {
			runner(own).run((context) -> {
				NatsEndpoint endpoint = context.getBean(NatsEndpoint.class);
				own.kill();
				await().untilAsserted(
						() -> assertThat(endpoint.nats(null).connections()).extractingByKey("natsConnectionManager")
							.extracting(NatsDescriptor.Connection::status)
							.isEqualTo("RECONNECTING"));
				long start = System.nanoTime();
				NatsDescriptor nats = endpoint.nats(true);
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
				assertThat(nats.streams().get("natsConnectionManager/SHOP").error()).contains("not connected");
				assertThat(nats.discovered()).isNull();
			});
		}
	}

	@Test
	void pausesResumesStopsAndStartsAListener() {
		runner(server).run((context) -> {
			NatsEndpointWebExtension endpoint = context.getBean(NatsEndpointWebExtension.class);
			Handlers handlers = context.getBean(Handlers.class);
			assertThat(status(endpoint.control("core", "pause"))).isEqualTo(Status.PAUSED);
			connection.publish("shop.core", "unheard".getBytes());
			connection.flush(Duration.ofSeconds(1));
			assertThat(status(endpoint.control("core", "RESUME"))).isEqualTo(Status.RUNNING);
			assertThat(status(endpoint.control("orders", "stop"))).isEqualTo(Status.STOPPED);
			assertThat(status(endpoint.control("orders", "start"))).isEqualTo(Status.RUNNING);
			connection.publish("shop.core", "heard".getBytes());
			await().untilAsserted(() -> assertThat(handlers.core).containsExactly("heard"));
			assertThat(status(endpoint.control("hello", "pause"))).isEqualTo(Status.PAUSED);
			assertThat(status(endpoint.control("hello", "resume"))).isEqualTo(Status.RUNNING);
		});
	}

	@Test
	void saysWhichIdsAndActionsThereAre() {
		runner(server).run((context) -> {
			NatsEndpointWebExtension web = context.getBean(NatsEndpointWebExtension.class);
			WebEndpointResponse<OperationResponseBody> unknown = web.control("ordres", "pause");
			assertThat(unknown.getStatus()).isEqualTo(404);
			assertThat(unknown.getBody()).asString()
				.contains("No listener or request handler has the id 'ordres'. There are: core, hello, orders");
			WebEndpointResponse<OperationResponseBody> wrong = web.control("orders", "halt");
			assertThat(wrong.getStatus()).isEqualTo(400);
			assertThat(wrong.getBody()).asString().contains("use start, stop, pause or resume");
			NatsEndpoint endpoint = context.getBean(NatsEndpoint.class);
			assertThat(endpoint.endpoint("ordres")).isNull();
			assertThat(endpoint.endpoint("hello")).isInstanceOf(NatsDescriptor.RequestHandler.class);
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint.control("ordres", "pause"));
		});
	}

	private static Status status(WebEndpointResponse<OperationResponseBody> response) {
		assertThat(response.getStatus()).isEqualTo(200);
		return (response.getBody() instanceof NatsDescriptor.Listener listener) ? listener.state().status()
				: ((NatsDescriptor.RequestHandler) response.getBody()).state().status();
	}

	private static ApplicationContextRunner runner(NatsServer server) {
		return new ApplicationContextRunner()
			.withPropertyValues("nats.servers=" + server.url(), "nats.reconnect-wait=100ms",
					"management.endpoints.web.exposure.include=nats", "nats.service.discovery-timeout=300ms",
					"nats.jetstream.streams.SHOP.subjects=shop.orders,shop.other",
					"nats.jetstream.consumers.idle.stream=SHOP")
			.withBean(Handlers.class)
			.withConfiguration(AllNatsAutoConfigurations.get());
	}

	static class Handlers {

		private final Queue<String> received = new ConcurrentLinkedQueue<>();

		private final Queue<String> core = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "core", subjects = "shop.core")
		void core(String payload) {
			this.core.add(payload);
		}

		@NatsListener(id = "orders", stream = "SHOP", subjects = "shop.orders", consumer = "worker")
		void orders(String payload) {
			this.received.add(payload);
		}

		@NatsRequestHandler(id = "hello", subject = "shop.hello")
		String hello(String name) {
			return "Hello, " + name + "!";
		}

	}

}

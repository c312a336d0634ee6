package dev.natsboot.service;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import dev.natsboot.connection.NatsServerErrorEvent;
import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.testsupport.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.service.Discovery;
import io.nats.service.EndpointStats;
import io.nats.service.InfoResponse;
import io.nats.service.PingResponse;
import io.nats.service.StatsResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Registration and the face of a service towards other NATS clients.
 */
class NatsServiceRegistryTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static NatsServer server;

	private static Connection client;

	@BeforeAll
	static void startServer() throws Exception {
		server = new NatsServer();
		client = Nats.connect(server.url());
	}

	@AfterAll
	static void stopServer() throws Exception {
		client.close();
		server.close();
	}

	@Test
	void greetsARawClientWithPlainBytes() throws Exception {
		try (ServiceRig rig = ServiceRig.on(server.url()).start(greeter("greeter"))) {
			Message reply = client.request("greeter.greet", bytes("World"), TIMEOUT);
			assertThat(text(reply)).isEqualTo("Hello, World!");
			assertThat(reply.getHeaders()).isNull();
			assertThat(rig.registry().getContainer("greeter").getState().status()).isEqualTo(Status.RUNNING);
		}
	}

	@Test
	void aSubscriptionThatWasRefusedRunsWhenItIsMadeAgainAndNotBefore() throws Exception {
		try (ServiceRig rig = ServiceRig.on(server.url()).start(greeter("greeter"))) {
			ServiceContainer container = (ServiceContainer) rig.registry().getContainer("greeter");
			NatsServerErrorEvent refusal = mock(NatsServerErrorEvent.class);
			given(refusal.refusesSubscription("greeter.greet", "greeters")).willReturn(true);
			given(refusal.getError()).willReturn("Permissions Violation");
			container.serverError(refusal);
			assertThat(container.getState().status()).isEqualTo(Status.RECOVERING);
			container.attach(rig.connection().connection());
			assertThat(container.getState().status()).isEqualTo(Status.RECOVERING);
			container.lost();
			container.resubscribed(rig.connection().connection());
			assertThat(container.getState().status()).isEqualTo(Status.RUNNING);
		}
	}

	@Test
	void answersPingInfoAndStats() throws Exception {
		RequestEndpoint failing = RequestEndpoint.of("orders.get", "orders.get")
			.description("Finds an order")
			.withoutQueue()
			.handledBy((request) -> {
				throw new IllegalStateException("no such order");
			});
		try (ServiceRig rig = ServiceRig.on(server.url()).start(greeter("greeter"), failing)) {
			client.request("greeter.greet", bytes("World"), TIMEOUT);
			client.request("orders.get", bytes("1"), TIMEOUT);
			Awaitility.await()
				.until(() -> rig.registry()
					.getContainers()
					.stream()
					.allMatch((container) -> container.getStats().requests() == 1));
			Discovery discovery = new Discovery(client, 2000, 1);
			PingResponse ping = discovery.ping("test-service").get(0);
			assertThat(ping.getVersion()).isEqualTo("1.2.3");
			assertThat(ping.getMetadata()).containsEntry("zone", "a");
			InfoResponse info = discovery.info("test-service", ping.getId());
			assertThat(info.getDescription()).isEqualTo("Serves tests");
			assertThat(info.getEndpoints()).extracting("name", "subject", "queueGroup")
				.containsExactly(tuple("greeter", "greeter.greet", "greeters"),
						tuple("orders-get", "orders.get", null));
			assertThat(info.getEndpoints().get(1).getMetadata()).containsEntry("description", "Finds an order");
			StatsResponse stats = discovery.stats("test-service", ping.getId());
			assertThat(stats.getStarted()).isNotNull();
			EndpointStats greeted = stats.getEndpointStatsList().get(0);
			assertThat(greeted.getNumRequests()).isEqualTo(1);
			assertThat(greeted.getNumErrors()).isZero();
			assertThat(greeted.getProcessingTime()).isPositive();
			assertThat(greeted.getAverageProcessingTime()).isEqualTo(greeted.getProcessingTime());
			EndpointStats failed = stats.getEndpointStatsList().get(1);
			assertThat(failed.getNumErrors()).isEqualTo(1);
			assertThat(failed.getLastError()).isEqualTo("500:no such order");
			assertThat(rig.registry().getServices()).hasSize(1);
		}
	}

	@Test
	void cantBeDiscoveredAnyMoreWhenStopped() throws Exception {
		try (ServiceRig rig = ServiceRig.on(server.url()).start(greeter("greeter"))) {
			assertThat(new Discovery(client, 2000, 1).ping("test-service")).hasSize(1);
			rig.registry().stop();
			assertThat(client.request("$SRV.PING.test-service", null, TIMEOUT)).isNull();
			Message refused = client.request("greeter.greet", bytes("World"), TIMEOUT);
			assertThat(refused).isNull();
		}
	}

	@Test
	void registersHandlersWhileRunning() throws Exception {
		try (ServiceRig rig = ServiceRig.on(server.url()).start()) {
			rig.register(greeter("late"));
			assertThat(text(client.request("greeter.greet", bytes("Late"), TIMEOUT))).isEqualTo("Hello, Late!");
		}
	}

	@Test
	void unregistersHandlers() throws Exception {
		try (ServiceRig rig = ServiceRig.on(server.url()).start(greeter("greeter"))) {
			rig.registry().unregister("greeter");
			assertThat(rig.registry().getContainers()).isEmpty();
			assertThat(client.request("greeter.greet", bytes("World"), TIMEOUT)).isNull();
			rig.register(greeter("greeter"));
			assertThat(text(client.request("greeter.greet", bytes("Again"), TIMEOUT))).isEqualTo("Hello, Again!");
		}
	}

	@Test
	void leavesAutoStartupFalseAloneThroughRestarts() throws Exception {
		RequestEndpoint manual = RequestEndpoint.of("manual", "manual").autoStartup(false).handledBy((request) -> "x");
		try (ServiceRig rig = ServiceRig.on(server.url()).start(manual, greeter("greeter"))) {
			rig.registry().stop();
			rig.registry().start();
			RequestHandlerContainer container = rig.registry().getContainer("manual");
			assertThat(container.isRunning()).isFalse();
			assertThat(text(client.request("greeter.greet", bytes("World"), TIMEOUT))).isEqualTo("Hello, World!");
			container.start();
			assertThat(text(client.request("manual", null, TIMEOUT))).isEqualTo("x");
		}
	}

	@Test
	void pausesAndResumes() throws Exception {
		try (ServiceRig rig = ServiceRig.on(server.url()).start(greeter("greeter"))) {
			RequestHandlerContainer container = rig.registry().getContainer("greeter");
			container.pause();
			assertThat(container.isPaused()).isTrue();
			assertThat(container.getState().status()).isEqualTo(Status.PAUSED);
			assertThat(client.request("greeter.greet", bytes("World"), TIMEOUT)).isNull();
			container.resume();
			assertThat(text(client.request("greeter.greet", bytes("World"), TIMEOUT))).isEqualTo("Hello, World!");
		}
	}

	@Test
	void refusesADuplicateId() throws Exception {
		try (ServiceRig rig = ServiceRig.on(server.url()).start(greeter("greeter"))) {
			RequestEndpoint second = RequestEndpoint.of("greeter", "other.subject").handledBy((request) -> null);
			assertThatIllegalArgumentException().isThrownBy(() -> rig.register(second))
				.withMessage("There is already a request handler with the id 'greeter', on subject 'greeter.greet'; "
						+ "the one on subject 'other.subject' needs another, for example id = \"greeter-2\"");
		}
	}

	@Test
	void refusesTwoEndpointsOfOneName() throws Exception {
		try (ServiceRig rig = ServiceRig.on(server.url())) {
			rig.register(RequestEndpoint.of("a.b", "one").handledBy((request) -> null));
			RequestEndpoint second = RequestEndpoint.of("a-b", "two").handledBy((request) -> null);
			assertThatIllegalArgumentException().isThrownBy(() -> rig.register(second))
				.withMessage("Request handlers 'a.b' and 'a-b' of service 'test-service' would have the same endpoint "
						+ "name 'a-b': give one of them another id, for example id = \"a-b-2\"");
		}
	}

	@Test
	void formsOneServicePerNameAndVersion() throws Exception {
		RequestEndpoint other = RequestEndpoint.of("other", "other").service("other").handledBy((request) -> null);
		RequestEndpoint newer = RequestEndpoint.of("newer", "newer").version("2.0.0").handledBy((request) -> null);
		try (ServiceRig rig = ServiceRig.on(server.url()).start(greeter("greeter"), other, newer)) {
			List<ServiceInfo> services = rig.registry().getServices();
			assertThat(services).extracting((info) -> info.instance().name() + " " + info.instance().version())
				.containsExactly("test-service 1.2.3", "other 1.2.3", "test-service 2.0.0");
		}
	}

	private static RequestEndpoint greeter(String id) {
		return RequestEndpoint.of(id, "greeter.greet")
			.queue("greeters")
			.handledBy((request) -> "Hello, " + text(request) + "!");
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	static String text(Message message) {
		return new String(message.getData(), StandardCharsets.UTF_8);
	}

}

package dev.natsboot.service;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.observation.NatsMetrics;
import dev.natsboot.testsupport.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * A service whose last endpoint stops while another one starts.
 */
class NatsServiceTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final int ROUNDS = 50;

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
	void canBeDiscoveredOnThisConnectionAndTheNext() throws Exception {
		try (TestConnection connection = new TestConnection(server.url())) {
			NatsService service = new NatsService(connection.manager(),
					new ServiceInstance("test-service", "one", "1.2.3", Map.of()), ServiceRig.settings(TIMEOUT));
			ServiceContainer last = container(service, "last");
			given(last.isRunning()).willReturn(true);
			service.started(last);
			ServiceContainer another = container(service, "another");
			Thread start = new Thread(() -> service.started(another));
			given(another.isRunning()).willAnswer((invocation) -> beforeIt(start)).willReturn(true);
			given(last.isRunning()).willReturn(false);
			service.stopped();
			start.join(TIMEOUT.toMillis());
			connection.connection().flush(TIMEOUT);
			assertThat(ping(TIMEOUT)).isNotNull();
			connection.closeForGood();
			awaitPing();
		}
	}

	@Test
	void canBeDiscoveredWheneverOneOfTwoRuns() throws Exception {
		RequestEndpoint one = RequestEndpoint.of("one", "one").handledBy((request) -> null);
		RequestEndpoint two = RequestEndpoint.of("two", "two").autoStartup(false).handledBy((request) -> null);
		try (ServiceRig rig = ServiceRig.on(server.url(), TIMEOUT, NatsMetrics.NONE).start(one, two)) {
			RequestHandlerContainer running = rig.registry().getContainer("one");
			RequestHandlerContainer stopped = rig.registry().getContainer("two");
			for (int round = 0; round < ROUNDS; round++) {
				CompletableFuture<Void> stop = CompletableFuture.runAsync(running::stop);
				awaitBusily(running, stop);
				stopped.start();
				stop.get(5, TimeUnit.SECONDS);
				assertThat(ping(TIMEOUT)).as("round " + round).isNotNull();
				rig.connection().closeForGood();
				awaitPing();
				RequestHandlerContainer next = running;
				running = stopped;
				stopped = next;
			}
		}
	}

	private static ServiceContainer container(NatsService service, String id) {
		ServiceContainer container = mock(ServiceContainer.class);
		given(container.getEndpoint()).willReturn(RequestEndpoint.of(id, id).handledBy((request) -> null));
		service.add(container);
		return container;
	}

	/**
	 * What is seen of an endpoint that starts as soon as it has been looked at.
	 */
	private static boolean beforeIt(Thread start) {
		start.start();
		Awaitility.await()
			.until(() -> start.getState() == Thread.State.WAITING || start.getState() == Thread.State.TERMINATED);
		return false;
	}

	/**
	 * The service is told within microseconds.
	 */
	private static void awaitBusily(RequestHandlerContainer stopping, CompletableFuture<Void> stop) {
		long start = System.nanoTime();
		while (stopping.getState().status() != Status.STOPPED && !stop.isDone()) {
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT);
			Thread.onSpinWait();
		}
	}

	private static void awaitPing() {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(10))
			.atMost(TIMEOUT)
			.until(() -> ping(Duration.ofMillis(500)) != null);
	}

	private static Message ping(Duration timeout) throws InterruptedException {
		return client.request("$SRV.PING.test-service", null, timeout);
	}

}

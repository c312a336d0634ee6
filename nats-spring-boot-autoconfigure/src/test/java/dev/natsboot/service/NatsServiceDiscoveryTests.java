package dev.natsboot.service;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.natsboot.connection.NatsNotConnectedException;
import dev.natsboot.testsupport.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Message;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Finding services, and the difference between nobody and nothing.
 */
class NatsServiceDiscoveryTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final List<ServiceRig> rigs = new ArrayList<>();

	private NatsServer server;

	private TestConnection connection;

	private NatsServiceDiscovery discovery;

	@BeforeEach
	void start() {
		this.server = new NatsServer();
		this.connection = new TestConnection(this.server.url());
		this.discovery = new NatsServiceDiscovery(this.connection.manager(), Duration.ofMillis(500));
	}

	@AfterEach
	void stop() throws Exception {
		this.discovery.close();
		for (ServiceRig rig : this.rigs) {
			rig.close();
		}
		this.connection.close();
		this.server.close();
	}

	@Test
	void aggregatesFiveInstances() throws Exception {
		startInstances(5);
		awaitInstances(5);
		assertThat(this.discovery.instances("test-service")).allSatisfy((instance) -> {
			assertThat(instance.version()).isEqualTo("1.2.3");
			assertThat(instance.metadata()).containsEntry("zone", "a");
		}).extracting(ServiceInstance::id).doesNotHaveDuplicates();
		Awaitility.await().untilAsserted(() -> assertThat(this.discovery.services()).containsOnlyKeys("test-service"));
		List<ServiceInfo> infos = this.discovery
			.info(ServiceQuery.named("test-service").withTimeout(TIMEOUT).withQuorum(5));
		assertThat(infos).hasSize(5)
			.allSatisfy((info) -> assertThat(info.endpoint("who").orElseThrow().subject()).isEqualTo("who"));
		this.connection.connection().request("who", null, TIMEOUT);
		Awaitility.await().atMost(TIMEOUT).untilAsserted(this::assertOneRequestAmongFive);
	}

	/**
	 * A request counts when its reply has been sent: who has the reply may ask before it.
	 */
	private void assertOneRequestAmongFive() {
		List<ServiceStats> stats = this.discovery
			.stats(ServiceQuery.named("test-service").withTimeout(TIMEOUT).withQuorum(5));
		assertThat(stats).hasSize(5).allSatisfy((each) -> assertThat(each.started()).isBefore(Instant.now()));
		assertThat(stats.stream().mapToLong((each) -> each.endpoints().get(0).requests()).sum()).isEqualTo(1);
	}

	@Test
	void returnsAtOnceWithTheQuorum() throws Exception {
		startInstances(3);
		ServiceQuery query = ServiceQuery.named("test-service").withTimeout(Duration.ofSeconds(30));
		long start = System.nanoTime();
		assertThat(this.discovery.ping(query.withQuorum(2))).hasSizeGreaterThanOrEqualTo(2);
		assertThat(this.discovery.ping(query.withQuorum(3))).hasSize(3);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
	}

	@Test
	void returnsWhoAnsweredWhenTheQuorumIsMissed() throws Exception {
		startInstances(2);
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(this.discovery.ping(ServiceQuery.named("test-service").withQuorum(3))).hasSize(2));
	}

	@Test
	void leavesSlowInstancesOut() throws Exception {
		startInstances(1);
		Connection slow = this.rigs.get(0).connection().connection();
		slow.createDispatcher((question) -> {
			byte[] late = ServiceJson.write(new ServiceInstance("test-service", "late", "1.2.3", Map.of()));
			Awaitility.await().atMost(TIMEOUT).pollDelay(Duration.ofSeconds(2)).until(() -> true);
			slow.publish(question.getReplyTo(), late);
		}).subscribe("$SRV.PING.test-service");
		slow.flush(TIMEOUT);
		assertThat(this.discovery.instances("test-service")).extracting(ServiceInstance::id).doesNotContain("late");
		assertThat(this.discovery
			.ping(ServiceQuery.named("test-service").withTimeout(Duration.ofSeconds(10)).withQuorum(2)))
			.extracting(ServiceInstance::id)
			.contains("late");
	}

	@Test
	void ignoresAnswersThatAreNoServiceMessages() throws Exception {
		startInstances(1);
		Connection other = this.rigs.get(0).connection().connection();
		other.createDispatcher((question) -> other.publish(question.getReplyTo(), new byte[] { '{' }))
			.subscribe("$SRV.PING.test-service");
		other.flush(TIMEOUT);
		awaitInstances(1);
	}

	@Test
	void missesAKilledInstanceFromTheNextQueryOn() throws Exception {
		startInstances(2);
		awaitInstances(2);
		this.rigs.remove(1).connection().close();
		awaitInstances(1);
	}

	@Test
	void returnsNothingAtOnceWhenNobodyIsThere() {
		long start = System.nanoTime();
		assertThat(this.discovery.ping(ServiceQuery.named("nobody").withTimeout(Duration.ofSeconds(30)))).isEmpty();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
	}

	@Test
	void throwsWhenNatsCantBeReached() {
		this.server.kill();
		Awaitility.await()
			.atMost(TIMEOUT)
			.until(() -> this.connection.connection().getStatus() != Connection.Status.CONNECTED);
		assertThatExceptionOfType(NatsNotConnectedException.class)
			.isThrownBy(() -> this.discovery.instances("test-service"))
			.withMessageStartingWith("Services can't be looked for: the NATS connection 'test' is ");
	}

	@Test
	void throwsWhenNatsIsLostDuringTheQuery() throws Exception {
		Connection connection = this.connection.connection();
		connection.createDispatcher((question) -> this.server.kill()).subscribe("$SRV.PING.test-service");
		connection.flush(TIMEOUT);
		assertThatExceptionOfType(NatsNotConnectedException.class)
			.isThrownBy(() -> this.discovery.ping(ServiceQuery.named("test-service").withTimeout(TIMEOUT)));
	}

	@Test
	void callsAChosenInstance() throws Exception {
		startInstances(3);
		List<ServiceInfo> infos = this.discovery
			.info(ServiceQuery.named("test-service").withTimeout(TIMEOUT).withQuorum(3));
		for (ServiceInfo info : infos) {
			String subject = info.endpoint("who").orElseThrow().instanceSubject();
			Message reply = this.connection.connection().request(subject, null, TIMEOUT);
			assertThat(NatsServiceRegistryTests.text(reply)).isEqualTo(info.instance().id());
		}
	}

	@Test
	void watchesInstancesComeAndGo() throws Exception {
		Queue<String> events = new ConcurrentLinkedQueue<>();
		ServiceQuery query = ServiceQuery.named("test-service").withTimeout(Duration.ofSeconds(2)).withQuorum(1);
		try (ServiceWatch watch = this.discovery.watch(query, Duration.ofMillis(50), recorder(events))) {
			startInstances(1);
			String id = this.rigs.get(0).registry().getServices().get(0).instance().id();
			Awaitility.await().until(() -> events.contains("appeared " + id));
			assertThat(watch.instances()).extracting(ServiceInstance::id).containsExactly(id);
			this.rigs.remove(0).close();
			Awaitility.await().until(() -> events.contains("gone " + id));
			this.server.kill();
			Awaitility.await().until(() -> events.contains("unreachable"));
			assertThat(events.stream().filter((event) -> event.startsWith("gone"))).hasSize(1);
		}
	}

	@Test
	void watchesOnAfterTheWatcherHasFailed() throws Exception {
		Queue<String> events = new ConcurrentLinkedQueue<>();
		ServiceQuery query = ServiceQuery.named("test-service").withTimeout(Duration.ofSeconds(2)).withQuorum(1);
		startInstances(1);
		try (ServiceWatch watch = this.discovery.watch(query, Duration.ofMillis(20), new FailingWatcher(events))) {
			Awaitility.await().until(() -> events.contains("appeared"));
			this.server.kill();
			Awaitility.await().until(() -> Collections.frequency(events, "unreachable") > 2);
			assertThat(watch.instances()).hasSize(1);
		}
	}

	@Test
	void refusesAnIntervalThatIsNotPositive() {
		for (Duration interval : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> this.discovery.watch(ServiceQuery.all(), interval,
						new FailingWatcher(new ConcurrentLinkedQueue<>())))
				.withMessage("Watch interval " + interval + " must be positive, for example Duration.ofSeconds(5)");
		}
	}

	@Test
	void refusesAnInstanceWithoutItsService() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ServiceQuery(null, "x", null, 0))
			.withMessage("An instance can only be asked with the name of its service");
	}

	/**
	 * An answer that is late is missing.
	 */
	private void awaitInstances(int count) {
		Awaitility.await().untilAsserted(() -> assertThat(this.discovery.instances("test-service")).hasSize(count));
	}

	private void startInstances(int count) throws Exception {
		for (int i = 0; i < count; i++) {
			ServiceRig rig = ServiceRig.on(this.server.url());
			this.rigs.add(rig);
			rig.start(RequestEndpoint.of("who", "who")
				.handledBy((request) -> rig.registry().getServices().get(0).instance().id()));
		}
	}

	private static ServiceWatcher recorder(Queue<String> events) {
		return new ServiceWatcher() {

			@Override
			public void appeared(ServiceInstance instance) {
				events.add("appeared " + instance.id());
			}

			@Override
			public void gone(ServiceInstance instance) {
				events.add("gone " + instance.id());
			}

			@Override
			public void unreachable(NatsNotConnectedException ex) {
				events.add("unreachable");
			}

		};
	}

	private record FailingWatcher(Queue<String> events) implements ServiceWatcher {

		@Override
		public void appeared(ServiceInstance instance) {
			fail("appeared");
		}

		@Override
		public void gone(ServiceInstance instance) {
			fail("gone");
		}

		@Override
		public void unreachable(NatsNotConnectedException ex) {
			fail("unreachable");
		}

		private void fail(String event) {
			this.events.add(event);
			throw new IllegalStateException("expected by the test");
		}

	}

}

package dev.natsboot.connection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import dev.natsboot.testsupport.FreePorts;
import dev.natsboot.testsupport.InTime;
import dev.natsboot.testsupport.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.netcrusher.core.reactor.NioReactor;
import org.netcrusher.tcp.TcpCrusher;
import org.netcrusher.tcp.TcpCrusherBuilder;

import org.springframework.core.Ordered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

class NatsConnectionManagerTests {

	private final List<AutoCloseable> closeables = new ArrayList<>();

	@AfterEach
	void close() throws Exception {
		Collections.reverse(this.closeables);
		for (AutoCloseable closeable : this.closeables) {
			closeable.close();
		}
	}

	@Test
	void connectsBeforeStartReturns() {
		NatsConnectionManager manager = manager(server());
		manager.start();
		assertThat(manager.current().getStatus()).isEqualTo(Connection.Status.CONNECTED);
		ConnectionState state = manager.state();
		assertThat(state.status()).isEqualTo(ConnectionState.Status.CONNECTED);
		assertThat(state.serverVersion()).isNotEmpty();
		assertThat(state.jetStream()).isTrue();
		assertThat(state.attempts()).isZero();
	}

	@Test
	void tellsListenerThatRegistersWhileConnectedOnTheCallersThread() {
		NatsConnectionManager manager = manager(server());
		manager.start();
		RecordingListener listener = new RecordingListener("a", 0, new ArrayList<>());
		manager.addListener(listener);
		assertThat(listener.log).containsExactly("a connected");
		assertThat(listener.threads).containsExactly(Thread.currentThread());
		manager.addListener(listener);
		assertThat(listener.log).hasSize(1);
	}

	@Test
	void tellsListenersInTheirOrderBeforeStartReturns() {
		NatsConnectionManager manager = manager(server());
		List<String> log = Collections.synchronizedList(new ArrayList<>());
		manager.addListener(new RecordingListener("last", 30, log));
		manager.addListener(new RecordingListener("first", 10, log));
		manager.addListener(new RecordingListener("second", 20, log));
		manager.start();
		assertThat(log).containsExactly("first connected", "second connected", "last connected");
	}

	@Test
	void failingListenerDoesNotKeepOthersFromBeingTold() {
		NatsConnectionManager manager = manager(server());
		manager.addListener(new ConnectionLifecycleListener() {

			@Override
			public void onConnected(Connection connection) {
				throw new IllegalStateException("expected by the test");
			}

		});
		RecordingListener listener = new RecordingListener("a", 0, new ArrayList<>());
		manager.addListener(listener);
		manager.start();
		assertThat(listener.log).containsExactly("a connected");
	}

	@Test
	void aListenerThatAlwaysFailsKeepsNoOtherFromBeingTold() {
		NatsServer server = server();
		NatsConnectionManager manager = manager(server);
		List<String> log = Collections.synchronizedList(new ArrayList<>());
		manager.addListener(new RecordingListener("failing", 0, log, () -> {
			throw new IllegalStateException("expected by the test");
		}));
		manager.addListener(new RecordingListener("broken", 10, log, () -> {
			throw new NoClassDefFoundError("expected by the test");
		}));
		manager.addListener(new RecordingListener("last", 20, log));
		manager.start();
		assertThat(log).last().isEqualTo("last connected");
		server.kill();
		Awaitility.await().until(() -> log.contains("last disconnected"));
		server.start();
		Awaitility.await().until(() -> log.contains("last resubscribed"));
		closeBehindTheManagersBack(manager.current());
		Awaitility.await().until(() -> log.size() == 15);
		List<String> events = List.of("connected", "disconnected", "resubscribed", "closed", "connected");
		assertThat(log).containsExactlyElementsOf(events.stream()
			.flatMap((event) -> Stream.of("failing " + event, "broken " + event, "last " + event))
			.toList());
	}

	@Test
	void connectsInTheBackgroundWhenTheServerComesLater() {
		NatsServer server = server();
		server.stop();
		NatsConnectionManager manager = manager(server);
		RecordingListener listener = new RecordingListener("a", 0, new ArrayList<>());
		manager.addListener(listener);
		manager.start();
		assertThat(manager.state().status()).isEqualTo(ConnectionState.Status.CONNECTING);
		assertThat(manager.state().attempts()).isPositive();
		assertThatExceptionOfType(NatsNotConnectedException.class).isThrownBy(manager::current)
			.withMessageContaining("yet")
			.withMessageContaining(server.url())
			.withMessageContaining("connection refused");
		assertThat(manager.connection().getStatus()).isEqualTo(Connection.Status.CONNECTING);
		server.start();
		Awaitility.await().until(() -> listener.log.contains("a connected"));
		assertThat(manager.state().status()).isEqualTo(ConnectionState.Status.CONNECTED);
		assertThat(manager.connection().getStatus()).isEqualTo(Connection.Status.CONNECTED);
	}

	@Test
	void triesAgainAfterAnError() {
		NatsServer server = server();
		AtomicBoolean broken = new AtomicBoolean();
		NatsConnectionManager manager = register(NatsConnectionManager.builder().options((options) -> {
			if (broken.get()) {
				throw new NoClassDefFoundError("expected by the test");
			}
			options.server(server.url());
		}).build());
		manager.start();
		broken.set(true);
		closeBehindTheManagersBack(manager.current());
		Awaitility.await().until(() -> manager.state().attempts() > 1);
		assertThat(manager.state().lastError()).contains("NoClassDefFoundError: expected by the test");
		broken.set(false);
		Awaitility.await().until(() -> manager.state().status() == ConnectionState.Status.CONNECTED);
	}

	@Test
	void failsFastWithTheReason() {
		NatsServer server = server();
		server.stop();
		NatsConnectionManager manager = register(NatsConnectionManager.builder()
			.options((options) -> options.server(server.url()))
			.startup(NatsStartup.FAIL_FAST)
			.build());
		assertThatExceptionOfType(NatsConnectException.class).isThrownBy(manager::start)
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(NatsConnectException.Reason.REFUSED));
		assertThat(manager.isRunning()).isFalse();
	}

	@Test
	void tellsOfALostConnectionThatIsBack() {
		NatsServer server = server();
		NatsConnectionManager manager = manager(server);
		manager.start();
		RecordingListener listener = new RecordingListener("a", 0, Collections.synchronizedList(new ArrayList<>()));
		manager.addListener(listener);
		Connection before = manager.current();
		server.kill();
		Awaitility.await().until(() -> listener.log.contains("a disconnected"));
		assertThat(manager.state().status()).isEqualTo(ConnectionState.Status.RECONNECTING);
		server.start();
		Awaitility.await().until(() -> listener.log.contains("a resubscribed"));
		assertThat(listener.log).containsExactly("a connected", "a disconnected", "a resubscribed");
		assertThat(manager.current()).isSameAs(before);
		assertThat(manager.counts().reconnects()).isEqualTo(1);
	}

	@Test
	void tellsListenerThatRegistersWhileReconnectingWhenTheConnectionIsBack() {
		NatsServer server = server();
		NatsConnectionManager manager = manager(server);
		manager.start();
		server.kill();
		Awaitility.await().until(() -> manager.state().status() == ConnectionState.Status.RECONNECTING);
		RecordingListener listener = new RecordingListener("a", 0, Collections.synchronizedList(new ArrayList<>()));
		manager.addListener(listener);
		assertThat(listener.log).isEmpty();
		server.start();
		Awaitility.await().until(() -> !listener.log.isEmpty());
		assertThat(listener.log).containsExactly("a connected");
	}

	@Test
	void replacesConnectionThatWasClosedForGood() {
		NatsServer server = server();
		NatsConnectionManager manager = manager(server);
		JetStreamManagement followed = manager.follow(JetStreamManagement.class, (connection) -> {
			try {
				return connection.jetStreamManagement();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
		manager.start();
		RecordingListener listener = new RecordingListener("a", 0, Collections.synchronizedList(new ArrayList<>()));
		manager.addListener(listener);
		Connection before = manager.current();
		closeBehindTheManagersBack(before);
		Awaitility.await().until(() -> listener.log.size() == 3);
		assertThat(listener.log).containsExactly("a connected", "a closed", "a connected");
		assertThat(manager.current()).isNotSameAs(before);
		assertThat(manager.counts().connections()).isEqualTo(2);
		assertThat(catchThrowable(followed::getStreamNames)).isNull();
	}

	@Test
	void drainsWhatWasPublishedWhenStopped() throws Exception {
		NatsServer server = server();
		NatsConnectionManager manager = manager(server);
		manager.start();
		int count = 4000;
		CountDownLatch received = new CountDownLatch(count);
		Connection other = register(Nats.connect(server.url()));
		other.createDispatcher((message) -> received.countDown()).subscribe("drained");
		other.flush(Duration.ofSeconds(2));
		byte[] payload = "x".repeat(20_000).getBytes(StandardCharsets.UTF_8);
		for (int i = 0; i < count; i++) {
			manager.connection().publish("drained", payload);
		}
		manager.stop();
		assertThat(received.await(10, TimeUnit.SECONDS)).as("%s missing", received.getCount()).isTrue();
		assertThat(manager.state().status()).isEqualTo(ConnectionState.Status.STOPPED);
	}

	@Test
	void canBeStartedAgain() {
		NatsConnectionManager manager = manager(server());
		RecordingListener listener = new RecordingListener("a", 0, new ArrayList<>());
		manager.addListener(listener);
		for (int i = 0; i < 3; i++) {
			manager.start();
			assertThat(manager.current().getStatus()).isEqualTo(Connection.Status.CONNECTED);
			manager.stop();
			assertThat(manager.currentOrNull()).isNull();
			assertThatExceptionOfType(NatsNotConnectedException.class).isThrownBy(manager::current)
				.withMessageContaining("stopped");
		}
		assertThat(listener.log).containsExactly("a connected", "a connected", "a connected");
	}

	@Test
	void isStartedByItsFirstUse() {
		NatsConnectionManager manager = manager(server());
		assertThat(manager.connection().getServerInfo().getVersion()).isNotEmpty();
		assertThat(manager.isRunning()).isTrue();
	}

	@Test
	void itsUseAfterAStopOpensNoConnection() {
		NatsConnectionManager stopped = manager(server());
		stopped.start();
		stopped.stop();
		NatsConnectionManager destroyed = manager(server());
		destroyed.destroy();
		for (NatsConnectionManager manager : List.of(stopped, destroyed)) {
			assertThatExceptionOfType(NatsNotConnectedException.class)
				.isThrownBy(() -> manager.connection().publish("late", null))
				.withMessageContaining("is stopped");
			assertThat(manager.isRunning()).isFalse();
		}
	}

	@Test
	void stopRunsTheCallbackWhateverHappens() {
		NatsConnectionManager manager = manager(server());
		List<String> calls = new ArrayList<>();
		manager.stop(() -> calls.add("not started"));
		manager.start();
		manager.stop(() -> calls.add("stopped"));
		manager.stop(() -> calls.add("again"));
		assertThat(calls).containsExactly("not started", "stopped", "again");
	}

	@Test
	void stopsAtOnceWhileConnectingInTheBackground() {
		NatsServer server = server();
		server.stop();
		NatsConnectionManager manager = manager(server);
		manager.start();
		long start = System.nanoTime();
		manager.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
		assertThat(threads("nats-nats-connect")).isEmpty();
	}

	@Test
	void leavesNoThreadBehindThatKeepsTheJvmAlive() {
		NatsConnectionManager manager = register(NatsConnectionManager.builder()
			.name("leak")
			.options((options) -> options.server(server().url()).connectionName("leak"))
			.build());
		manager.start();
		assertThat(threads("leak")).isNotEmpty();
		manager.stop();
		Awaitility.await().until(() -> threads("leak").isEmpty());
	}

	@Test
	void followsAConnectionOfTheApplicationWithoutOwningIt() throws Exception {
		NatsServer server = server();
		Connection own = register(Nats.connect(server.url()));
		NatsConnectionManager manager = register(NatsConnectionManager.of(own));
		RecordingListener listener = new RecordingListener("a", 0, Collections.synchronizedList(new ArrayList<>()));
		manager.addListener(listener);
		manager.start();
		assertThat(manager.current()).isSameAs(own);
		manager.stop();
		assertThat(own.getStatus()).isEqualTo(Connection.Status.CONNECTED);
		manager.start();
		assertThat(listener.log).containsExactly("a connected", "a connected");
		own.close();
		Awaitility.await().until(() -> listener.log.contains("a closed"));
		assertThat(manager.state().status()).isEqualTo(ConnectionState.Status.STOPPED);
		assertThat(manager.currentOrNull()).isNull();
	}

	@Test
	void proxyLeavesClosingToTheManager() throws Exception {
		NatsConnectionManager manager = manager(server());
		manager.start();
		manager.connection().close();
		assertThat(manager.current().getStatus()).isEqualTo(Connection.Status.CONNECTED);
		assertThat(manager.connection()).isEqualTo(manager.connection()).hasSameHashCodeAs(manager.connection());
		assertThat(manager.connection().toString()).contains("CONNECTED");
	}

	@Test
	void proxyThrowsWhatTheTargetThrows() {
		NatsConnectionManager manager = manager(server());
		manager.start();
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> manager.connection().publish("not a subject", new byte[0]));
	}

	@Test
	void keepsTheApplicationAliveWhileConnecting() {
		NatsServer server = server();
		server.stop();
		NatsConnectionManager manager = register(NatsConnectionManager.builder()
			.name("alive")
			.options((options) -> options.server(server.url()))
			.build());
		manager.start();
		assertThat(threads("nats-alive-connect")).hasSize(1);
		manager.stop();
		assertThat(threads("nats-alive-connect")).isEmpty();
	}

	@Test
	void tellsEachListenerOfEachReplacementExactlyOnceWhoeverComesFirst() throws Exception {
		NatsConnectionManager manager = manager(server());
		manager.start();
		List<RecordingListener> listeners = Collections.synchronizedList(new ArrayList<>());
		AtomicBoolean done = new AtomicBoolean();
		Thread registering = new Thread(() -> {
			while (!done.get()) {
				RecordingListener listener = new RecordingListener("a", 0,
						Collections.synchronizedList(new ArrayList<>()));
				listeners.add(listener);
				manager.addListener(listener);
			}
		});
		registering.start();
		try {
			for (int i = 0; i < 20; i++) {
				Connection before = manager.current();
				closeBehindTheManagersBack(before);
				Awaitility.await().until(manager::currentOrNull, (now) -> now != null && now != before);
			}
		}
		finally {
			done.set(true);
		}
		InTime.join(registering);
		Connection last = manager.current();
		assertThat(listeners).hasSizeGreaterThan(20);
		Awaitility.await()
			.untilAsserted(() -> assertThat(listeners)
				.allSatisfy((listener) -> assertThat(listener.connections).last().isSameAs(last)));
		assertThat(listeners).allSatisfy((listener) -> {
			assertThat(listener.connections).doesNotHaveDuplicates();
			for (int i = 0; i < listener.log.size(); i++) {
				assertThat(listener.log.get(i)).isEqualTo((i % 2 == 0) ? "a connected" : "a closed");
			}
		});
	}

	@Test
	void doesNotTellListenerThatWasRemoved() {
		NatsConnectionManager manager = manager(server());
		RecordingListener listener = new RecordingListener("a", 0, new ArrayList<>());
		manager.addListener(listener);
		manager.removeListener(listener);
		manager.start();
		assertThat(listener.log).isEmpty();
		manager.addListener(listener);
		assertThat(listener.log).containsExactly("a connected");
	}

	@Test
	void canBeStoppedByAListener() {
		NatsConnectionManager manager = manager(server());
		manager.start();
		manager.addListener(new ConnectionLifecycleListener() {

			@Override
			public void onClosed(Connection connection) {
				manager.stop();
			}

		});
		closeBehindTheManagersBack(manager.current());
		Awaitility.await().until(() -> !manager.isRunning());
		assertThat(manager.state().status()).isEqualTo(ConnectionState.Status.STOPPED);
	}

	@Test
	void letsRunningHandlersFinishWhenStopped() throws Exception {
		NatsConnectionManager manager = manager(server());
		manager.start();
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch finish = new CountDownLatch(1);
		AtomicBoolean finished = new AtomicBoolean();
		manager.connection().createDispatcher((message) -> {
			begun.countDown();
			finished.set(finish.await(5, TimeUnit.SECONDS));
		}).subscribe("work");
		manager.connection().publish("work", new byte[0]);
		assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();
		Thread stopping = new Thread(manager::stop);
		stopping.start();
		finish.countDown();
		InTime.join(stopping);
		assertThat(finished).isTrue();
	}

	@Test
	void stopIsBoundedByTheDrainTimeout() throws Exception {
		NatsServer server = server();
		NatsConnectionManager manager = register(NatsConnectionManager.builder()
			.options((options) -> options.server(server.url()))
			.drainTimeout(Duration.ofMillis(300))
			.build());
		manager.start();
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch never = new CountDownLatch(1);
		manager.connection().createDispatcher((message) -> {
			begun.countDown();
			never.await(30, TimeUnit.SECONDS);
		}).subscribe("work");
		manager.connection().publish("work", new byte[0]);
		assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();
		long start = System.nanoTime();
		manager.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(250),
				Duration.ofSeconds(4));
	}

	@Test
	void noticesAFrozenNetworkByTheReadTimeout() throws Exception {
		NatsServer server = server();
		NioReactor reactor = register(new NioReactor());
		int port = FreePorts.next();
		TcpCrusher crusher = register(TcpCrusherBuilder.builder()
			.withReactor(reactor)
			.withBindAddress("localhost", port)
			.withConnectAddress("localhost", server.port())
			.buildAndOpen());
		NatsConnectionManager manager = register(NatsConnectionManager.builder()
			.options((options) -> options.server("nats://localhost:" + port)
				.pingInterval(Duration.ofMillis(200))
				.socketReadTimeoutMillis(600)
				.connectionTimeout(Duration.ofMillis(500)))
			.drainTimeout(Duration.ZERO)
			.build());
		manager.start();
		Awaitility.await().until(() -> manager.state().status() == ConnectionState.Status.CONNECTED);
		crusher.freeze();
		Awaitility.await().until(() -> manager.state().status() == ConnectionState.Status.RECONNECTING);
		Awaitility.await().until(() -> manager.state().attempts() > 0);
		crusher.unfreeze();
		Awaitility.await().until(() -> manager.state().status() == ConnectionState.Status.CONNECTED);
	}

	@Test
	void keepsAnIdleConnection() {
		NatsServer server = server();
		NatsConnectionManager manager = register(NatsConnectionManager.builder()
			.options((options) -> options.server(server.url())
				.pingInterval(Duration.ofMillis(700))
				.socketReadTimeoutMillis(2100))
			.build());
		manager.start();
		Awaitility.await()
			.during(Duration.ofSeconds(3))
			.until(() -> manager.state().status() == ConnectionState.Status.CONNECTED);
		assertThat(manager.counts().reconnects()).isZero();
	}

	@Test
	void countsWhatSlowConsumersDrop() throws Exception {
		NatsConnectionManager manager = manager(server());
		List<NatsConnectionEvent> events = Collections.synchronizedList(new ArrayList<>());
		manager.setApplicationEventPublisher((event) -> events.add((NatsConnectionEvent) event));
		manager.start();
		CountDownLatch done = new CountDownLatch(1);
		Dispatcher dispatcher = manager.connection().createDispatcher((message) -> done.await(5, TimeUnit.SECONDS));
		dispatcher.setPendingLimits(10, -1);
		dispatcher.subscribe("fast");
		for (int i = 0; i < 100; i++) {
			manager.connection().publish("fast", new byte[0]);
		}
		Awaitility.await().until(() -> manager.counts().droppedMessages() > 50);
		Awaitility.await().until(() -> manager.counts().slowConsumers() > 0);
		Awaitility.await()
			.until(() -> events.stream()
				.anyMatch((event) -> event instanceof NatsSlowConsumerEvent slow && slow.getDropped() > 0));
		done.countDown();
	}

	@Test
	void tellsWhatTheServerRefuses() {
		NatsServer server = register(new NatsServer(
				"authorization { users: [ { user: app, password: pw, permissions: { publish: \"allowed\" } } ] }"));
		NatsConnectionManager manager = register(NatsConnectionManager.builder()
			.options((options) -> options.server(server.url()).userInfo("app", "pw"))
			.build());
		List<NatsConnectionEvent> events = Collections.synchronizedList(new ArrayList<>());
		manager.setApplicationEventPublisher((event) -> events.add((NatsConnectionEvent) event));
		manager.start();
		manager.connection().publish("forbidden", new byte[0]);
		Awaitility.await()
			.until(() -> events.stream()
				.anyMatch((event) -> event instanceof NatsServerErrorEvent error
						&& error.getError().contains("Permissions Violation")));
		assertThat(manager.state().lastError()).contains("Permissions Violation");
		assertThat(manager.state().status()).isEqualTo(ConnectionState.Status.CONNECTED);
	}

	@Test
	void tellsThatTheServerIsAboutToShutDown() throws Exception {
		NatsServer server = server();
		NatsConnectionManager manager = manager(server);
		List<NatsConnectionEvent> events = Collections.synchronizedList(new ArrayList<>());
		manager.setApplicationEventPublisher((event) -> events.add((NatsConnectionEvent) event));
		manager.start();
		Process signal = new ProcessBuilder("kill", "-USR2", String.valueOf(server.pid())).start();
		assertThat(signal.waitFor(10, TimeUnit.SECONDS)).isTrue();
		assertThat(signal.exitValue()).isZero();
		Awaitility.await().until(() -> events.stream().anyMatch(NatsLameDuckEvent.class::isInstance));
		server.kill();
	}

	private static void closeBehindTheManagersBack(Connection connection) {
		try {
			connection.close();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static List<Thread> threads(String name) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().contains(name) && !thread.isDaemon())
			.toList();
	}

	private NatsServer server() {
		return register(new NatsServer());
	}

	private NatsConnectionManager manager(NatsServer server) {
		return register(NatsConnectionManager.builder()
			.options((options) -> options.server(server.url()).reconnectWait(Duration.ofMillis(100)))
			.build());
	}

	private NatsConnectionManager register(NatsConnectionManager manager) {
		this.closeables.add(manager::destroy);
		return manager;
	}

	private <T extends AutoCloseable> T register(T closeable) {
		this.closeables.add(closeable);
		return closeable;
	}

	private static final class RecordingListener implements ConnectionLifecycleListener, Ordered {

		private final String name;

		private final int order;

		private final List<String> log;

		private final List<Connection> connections = Collections.synchronizedList(new ArrayList<>());

		private final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());

		private final Runnable end;

		RecordingListener(String name, int order, List<String> log) {
			this(name, order, log, () -> {
			});
		}

		/**
		 * Create a listener.
		 * @param end how each of its callbacks ends
		 */
		RecordingListener(String name, int order, List<String> log, Runnable end) {
			this.name = name;
			this.order = order;
			this.log = log;
			this.end = end;
		}

		@Override
		public void onConnected(Connection connection) {
			this.connections.add(connection);
			record("connected");
		}

		@Override
		public void onResubscribed(Connection connection) {
			record("resubscribed");
		}

		@Override
		public void onDisconnected(Connection connection) {
			record("disconnected");
		}

		@Override
		public void onClosed(Connection connection) {
			record("closed");
		}

		private void record(String event) {
			this.threads.add(Thread.currentThread());
			this.log.add(this.name + " " + event);
			this.end.run();
		}

		@Override
		public int getOrder() {
			return this.order;
		}

	}

}

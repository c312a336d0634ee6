package dev.natsboot.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.observation.NatsMetrics;
import dev.natsboot.testsupport.InTime;
import dev.natsboot.testsupport.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The end of a service, and of connections beneath it.
 */
class ServiceShutdownTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private NatsServer server;

	private Connection client;

	@BeforeEach
	void start() throws Exception {
		this.server = new NatsServer();
		this.client = Nats.connect(Options.builder()
			.server(this.server.url())
			.maxReconnects(-1)
			.reconnectWait(Duration.ofMillis(50))
			.reportNoResponders()
			.build());
	}

	@AfterEach
	void stop() throws Exception {
		this.client.close();
		this.server.close();
	}

	@Test
	void losesNoReplyWhenStoppedUnderLoad() throws Exception {
		ServiceRig rig = rig(Duration.ofSeconds(20), slow(Duration.ofMillis(2), 4));
		List<CompletableFuture<Message>> replies = new ArrayList<>();
		AtomicBoolean stopping = new AtomicBoolean();
		Semaphore inFlight = new Semaphore(200);
		Thread load = new Thread(() -> {
			while (!stopping.get() || replies.size() < 500) {
				inFlight.acquireUninterruptibly();
				CompletableFuture<Message> reply = this.client.requestWithTimeout("test.subject", new byte[8], TIMEOUT);
				replies.add(reply);
				reply.whenComplete((message, failure) -> inFlight.release());
			}
		});
		load.start();
		Awaitility.await().atMost(TIMEOUT).until(() -> stats(rig).requests() > 100);
		stopping.set(true);
		rig.close();
		InTime.join(load);
		int answered = 0;
		int refused = 0;
		for (CompletableFuture<Message> each : replies) {
			try {
				assertThat(NatsServiceRegistryTests.text(each.get(10, TimeUnit.SECONDS))).isEqualTo("done");
				answered++;
			}
			catch (ExecutionException ex) {
				assertThat(ex).hasMessageContaining("503 No Responders");
				refused++;
			}
		}
		assertThat(answered + refused).isEqualTo(replies.size());
		assertThat((long) answered).isEqualTo(stats(rig).requests());
	}

	@Test
	void answersWhatIsNotDoneInTimeWithAnError() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch interrupted = new CountDownLatch(1);
		ServiceRig rig = rig(Duration.ofMillis(300), RequestEndpoint.of("test", "test.subject").handledBy((request) -> {
			begun.countDown();
			try {
				return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
				throw ex;
			}
		}));
		CompletableFuture<Message> running = this.client.request("test.subject", null);
		CompletableFuture<Message> waiting = this.client.request("test.subject", null);
		this.client.flush(TIMEOUT);
		assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
		long start = System.nanoTime();
		rig.registry().stop();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
		for (CompletableFuture<Message> each : List.of(running, waiting)) {
			Message reply = each.get(5, TimeUnit.SECONDS);
			assertThat(reply.getHeaders().getFirst(ServiceError.CODE_HEADER)).isEqualTo("503");
			assertThat(reply.getHeaders().getFirst(ServiceError.TEXT_HEADER)).isEqualTo("Service is stopping");
		}
		assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
		rig.close();
	}

	@Test
	void waitsForFuturesAndCancelsThemInTheEnd() throws Exception {
		CompletableFuture<Object> result = new CompletableFuture<>();
		ServiceRig rig = rig(Duration.ofMillis(300),
				RequestEndpoint.of("test", "test.subject").handledBy((request) -> result));
		CompletableFuture<Message> reply = this.client.request("test.subject", null);
		Awaitility.await().atMost(TIMEOUT).until(() -> result.getNumberOfDependents() > 0);
		rig.registry().stop();
		assertThat(reply.get(5, TimeUnit.SECONDS).getHeaders().getFirst(ServiceError.CODE_HEADER)).isEqualTo("503");
		assertThat(result).isCancelled();
		rig.close();
	}

	@Test
	void stopsFromInsideAHandler() throws Exception {
		AtomicInteger handled = new AtomicInteger();
		List<ServiceRig> rigs = new ArrayList<>();
		CountDownLatch second = new CountDownLatch(1);
		rigs.add(rig(Duration.ofSeconds(30), RequestEndpoint.of("test", "test.subject").handledBy((request) -> {
			if (handled.getAndIncrement() == 0) {
				InTime.await(second);
				rigs.get(0).registry().stop();
			}
			return "done";
		})));
		List<CompletableFuture<Message>> replies = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			replies.add(this.client.request("test.subject", null));
		}
		this.client.flush(TIMEOUT);
		second.countDown();
		for (CompletableFuture<Message> each : replies) {
			assertThat(NatsServiceRegistryTests.text(each.get(5, TimeUnit.SECONDS))).isEqualTo("done");
		}
		rigs.get(0).close();
	}

	@Test
	void runsTheStopCallbackOnceInAnyState() throws Exception {
		ServiceRig rig = rig(Duration.ofSeconds(5), slow(Duration.ZERO, 1));
		AtomicInteger called = new AtomicInteger();
		rig.registry().stop(called::incrementAndGet);
		rig.registry().stop(called::incrementAndGet);
		Awaitility.await().atMost(TIMEOUT).until(called::get, (count) -> count == 2);
		rig.close();
	}

	@Test
	void leavesNoThreadThatKeepsTheJvmAlive() throws Exception {
		ServiceRig rig = rig(Duration.ofSeconds(5), slow(Duration.ZERO, 2));
		this.client.request("test.subject", null, TIMEOUT);
		assertThat(Thread.getAllStackTraces().keySet())
			.filteredOn((thread) -> thread.getName().startsWith("nats-task-"))
			.isNotEmpty()
			.allMatch(Thread::isDaemon);
		rig.close();
	}

	@Test
	void isThereAgainWhenTheConnectionWasReplaced() throws Exception {
		ServiceRig rig = rig(Duration.ofSeconds(5), slow(Duration.ZERO, 1));
		String id = rig.registry().getServices().get(0).instance().id();
		Connection before = rig.connection().connection();
		rig.connection().closeForGood();
		Awaitility.await()
			.atMost(TIMEOUT)
			.until(() -> rig.connection().manager().currentOrNull() != before
					&& rig.registry().getContainer("test").getState().status() == Status.RUNNING);
		Awaitility.await().atMost(TIMEOUT).untilAsserted(() -> {
			Message reply = this.client.request("test.subject", null, TIMEOUT);
			assertThat(reply).isNotNull();
			assertThat(NatsServiceRegistryTests.text(reply)).isEqualTo("done");
		});
		Message ping = this.client.request("$SRV.PING.test-service." + id, null, TIMEOUT);
		assertThat(ServiceJson.readInstance(ping.getData()).id()).isEqualTo(id);
		rig.close();
	}

	@Test
	void isThereAgainWhenTheServerWasRestarted() throws Exception {
		ServiceRig rig = rig(Duration.ofSeconds(5), slow(Duration.ZERO, 1));
		this.server.kill();
		this.server.start();
		Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> {
			Message reply = this.client.request("test.subject", null, Duration.ofSeconds(1));
			assertThat(NatsServiceRegistryTests.text(reply)).isEqualTo("done");
		});
		rig.close();
	}

	@Test
	void startsBeforeTheServerIsThere() throws Exception {
		this.server.stop();
		ServiceRig rig = rig(Duration.ofSeconds(5), slow(Duration.ZERO, 1));
		assertThat(rig.registry().getContainer("test").getState().status()).isEqualTo(Status.STARTING);
		this.server.start();
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> rig.registry().getContainer("test").getState().status() == Status.RUNNING);
		rig.close();
	}

	@Test
	void stopsQuicklyWhileTheServerIsAway() throws Exception {
		ServiceRig rig = rig(Duration.ofSeconds(30), slow(Duration.ZERO, 1));
		this.server.kill();
		Awaitility.await()
			.atMost(TIMEOUT)
			.until(() -> rig.connection().connection().getStatus() != Connection.Status.CONNECTED);
		long start = System.nanoTime();
		rig.registry().stop();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
		assertThat(rig.registry().getContainer("test").getState().status()).isEqualTo(Status.STOPPED);
		rig.close();
	}

	@Test
	void answersThroughTheOthersWhenOneOfThreeIsLost() throws Exception {
		List<ServiceRig> rigs = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			rigs.add(rig(Duration.ofSeconds(5),
					RequestEndpoint.of("test", "test.subject").queue("greeters").handledBy((request) -> "done")));
		}
		rigs.remove(0).connection().close();
		for (int i = 0; i < 200; i++) {
			Message reply = this.client.request("test.subject", null, TIMEOUT);
			assertThat(NatsServiceRegistryTests.text(reply)).isEqualTo("done");
		}
		assertThat(rigs).allSatisfy((rig) -> assertThat(stats(rig).requests()).isPositive());
		for (ServiceRig rig : rigs) {
			rig.close();
		}
	}

	private ServiceRig rig(Duration shutdownTimeout, RequestEndpoint endpoint) throws Exception {
		return ServiceRig.on(this.server.url(), shutdownTimeout, NatsMetrics.NONE).start(endpoint);
	}

	private static RequestEndpoint slow(Duration duration, int concurrency) {
		return RequestEndpoint.of("test", "test.subject").concurrency(concurrency).handledBy((request) -> {
			new CountDownLatch(1).await(duration.toMillis(), TimeUnit.MILLISECONDS);
			return "done";
		});
	}

	private static ServiceStats.Endpoint stats(ServiceRig rig) {
		return rig.registry().getContainer("test").getStats();
	}

}

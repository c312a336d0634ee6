package dev.natsboot.service;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.core.NatsExecutor;
import dev.natsboot.observation.NatsMetrics;
import dev.natsboot.testsupport.InTime;
import dev.natsboot.testsupport.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.AdditionalAnswers;
import org.mockito.ArgumentMatchers;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Stops in which something fails: all handlers stop, and what runs is waited for.
 */
class ServiceStopFailureTests {

	private final CountDownLatch begun = new CountDownLatch(1);

	private final CountDownLatch release = new CountDownLatch(1);

	private NatsServer server;

	private Connection client;

	@BeforeEach
	void connect() throws Exception {
		this.server = new NatsServer();
		this.client = Nats.connect(this.server.url());
	}

	@AfterEach
	void close() throws Exception {
		this.release.countDown();
		this.client.close();
		this.server.close();
	}

	@Test
	void anExecutorWithoutThreadsKeepsNoHandlerFromStopping() throws Exception {
		Busy busy = new Busy();
		try (ServiceRig rig = rig(NatsExecutor.of(busy::execute)).start(idle(), slow())) {
			CompletableFuture<Message> reply = request();
			busy.rejects = true;
			assertStopsAfterTheReply(rig, reply);
			assertThat(rig.registry().getContainers())
				.allMatch((container) -> container.getState().status() == Status.STOPPED);
		}
	}

	@Test
	void aServiceThatFailsToEndKeepsTheStopWaitingForItsHandlers() throws Exception {
		try (ServiceRig rig = rig(NatsExecutor.platformThreads())) {
			NatsConnectionManager failing = Mockito.mock(NatsConnectionManager.class,
					AdditionalAnswers.delegatesTo(rig.connection().manager()));
			Mockito.doThrow(new IllegalStateException("no")).when(failing).removeListener(ArgumentMatchers.any());
			rig.registry().register(idle(), failing);
			rig.registry().register(slow(), failing);
			rig.registry().start();
			assertStopsAfterTheReply(rig, request());
		}
	}

	@Test
	void requestsForWhichNoThreadCanBeStartedAreRefusedAndLaterOnesHandled() throws Exception {
		AtomicBoolean exhausted = new AtomicBoolean(true);
		NatsExecutor executor = NatsExecutor.of((task) -> {
			if (exhausted.get()) {
				throw new OutOfMemoryError("unable to create native thread (expected by the test)");
			}
			new Thread(task).start();
		});
		try (ServiceRig rig = rig(executor).start(idle())) {
			for (int i = 0; i < 3; i++) {
				Message refused = this.client.request("idle", null, Duration.ofSeconds(5));
				assertThat(refused).isNotNull();
				assertThat(refused.getHeaders().getFirst(ServiceError.CODE_HEADER)).isEqualTo("503");
			}
			exhausted.set(false);
			Message reply = this.client.request("idle", null, Duration.ofSeconds(5));
			assertThat(NatsServiceRegistryTests.text(reply)).isEqualTo("idle");
		}
	}

	@Test
	void aRegistryWithoutHandlersStartsAndStops() throws Exception {
		try (ServiceRig rig = rig(NatsExecutor.platformThreads()).start()) {
			AtomicInteger calls = new AtomicInteger();
			rig.registry().stop(calls::incrementAndGet);
			await().untilAsserted(() -> assertThat(calls).hasValue(1));
			rig.registry().start();
			assertThat(rig.registry().isRunning()).isTrue();
		}
	}

	private void assertStopsAfterTheReply(ServiceRig rig, CompletableFuture<Message> reply) throws Exception {
		CompletableFuture<Void> stopped = new CompletableFuture<>();
		rig.registry().stop(() -> stopped.complete(null));
		try {
			await().during(Duration.ofMillis(300)).until(() -> !stopped.isDone());
		}
		finally {
			this.release.countDown();
		}
		await().until(stopped::isDone);
		assertThat(NatsServiceRegistryTests.text(reply.get(5, TimeUnit.SECONDS))).isEqualTo("done");
		assertThat(this.client.request("idle", null, Duration.ofSeconds(5))).isNull();
	}

	private CompletableFuture<Message> request() {
		CompletableFuture<Message> reply = this.client.request("slow", null);
		await().until(() -> this.begun.getCount() == 0);
		return reply;
	}

	private ServiceRig rig(NatsExecutor executor) {
		return ServiceRig.on(this.server.url(), Duration.ofMinutes(5), executor, NatsMetrics.NONE);
	}

	private static RequestEndpoint idle() {
		return RequestEndpoint.of("idle", "idle").handledBy((request) -> "idle");
	}

	private RequestEndpoint slow() {
		return RequestEndpoint.of("slow", "slow").handledBy((request) -> {
			this.begun.countDown();
			InTime.await(this.release);
			return "done";
		});
	}

	private static final class Busy {

		volatile boolean rejects;

		void execute(Runnable task) {
			if (this.rejects) {
				throw new RejectedExecutionException("busy");
			}
			new Thread(task).start();
		}

	}

}

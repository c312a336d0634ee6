package dev.natsboot.service;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.observation.NatsMetrics;
import dev.natsboot.testsupport.InTime;
import dev.natsboot.testsupport.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Requests that are still handled because of an earlier stop or pause, and the stops that
 * follow.
 */
class RunningRequestStopTests {

	private final CountDownLatch begun = new CountDownLatch(1);

	private final CountDownLatch release = new CountDownLatch(1);

	private Runnable first = () -> {
	};

	private Runnable last = () -> {
	};

	private NatsServer server;

	private Connection client;

	private ServiceRig rig;

	private CompletableFuture<Message> reply;

	@BeforeEach
	void connect() throws Exception {
		this.server = new NatsServer();
		this.client = Nats.connect(this.server.url());
	}

	@AfterEach
	void close() throws Exception {
		this.release.countDown();
		this.rig.close();
		this.client.close();
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void aStopAfterAPauseWaitsForTheRunningRequest(int concurrency) throws Exception {
		RequestHandlerContainer container = handling(concurrency);
		CompletableFuture<Void> paused = CompletableFuture.runAsync(container::pause);
		await().until(container::isPaused);
		assertAnsweredBefore(stopAsync());
		await().until(paused::isDone);
		assertThat(container.getState().status()).isEqualTo(Status.STOPPED);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void aStopDuringAnotherWaitsToo(int concurrency) throws Exception {
		RequestHandlerContainer container = handling(concurrency);
		CompletableFuture<Void> other = CompletableFuture.runAsync(container::stop);
		await().until(() -> container.getState().status() == Status.STOPPING);
		assertAnsweredBefore(stopAsync());
		await().until(other::isDone);
		assertThat(container.getState().status()).isEqualTo(Status.STOPPED);
	}

	@Test
	void aPauseDuringAStopWaitsAndLeavesTheEndpointStopped() throws Exception {
		RequestHandlerContainer container = handling(1);
		CompletableFuture<Void> stopped = stopAsync();
		await().until(() -> container.getState().status() == Status.STOPPING);
		assertAnsweredBefore(CompletableFuture.runAsync(container::pause));
		await().until(stopped::isDone);
		assertThat(container.isPaused()).isFalse();
		assertThat(container.getState().status()).isEqualTo(Status.STOPPED);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void aStopWaitsForTheHandlerThatHasStoppedItsEndpoint(int concurrency) throws Exception {
		this.first = () -> this.rig.registry().getContainer("test").stop();
		handling(concurrency);
		assertAnsweredBefore(stopAsync());
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void aHandlerThatStopsItsEndpointDuringAStopDoesNotWaitForItself(int concurrency) throws Exception {
		this.last = () -> this.rig.registry().getContainer("test").stop();
		RequestHandlerContainer container = handling(concurrency);
		CompletableFuture<Void> stopped = stopAsync();
		await().until(() -> container.getState().status() == Status.STOPPING);
		this.release.countDown();
		await().until(stopped::isDone);
		assertThat(text()).isEqualTo("done");
	}

	@Test
	void whoAskedIsToldWhenTheClientsThreadIsInterruptedBeforeTheRequestIsHandled() throws Exception {
		handling(2);
		CompletableFuture<Message> second = this.client.request("test.subject", null);
		CompletableFuture<Message> third = this.client.request("test.subject", null);
		await().until(() -> threadThatWaitsForAWorker().isPresent());
		threadThatWaitsForAWorker().orElseThrow().interrupt();
		Message refused = third.get(5, TimeUnit.SECONDS);
		assertThat(refused.getHeaders().getFirst(ServiceError.CODE_HEADER)).isEqualTo("503");
		this.release.countDown();
		assertThat(NatsServiceRegistryTests.text(second.get(5, TimeUnit.SECONDS))).isEqualTo("done");
		Message fourth = this.client.request("test.subject", null, Duration.ofSeconds(5));
		assertThat(NatsServiceRegistryTests.text(fourth)).isEqualTo("done");
	}

	private static Optional<Thread> threadThatWaitsForAWorker() {
		return Thread.getAllStackTraces()
			.entrySet()
			.stream()
			.filter((entry) -> isIn(entry.getValue(), Semaphore.class) && isIn(entry.getValue(), RequestWorkers.class))
			.map(Map.Entry::getKey)
			.findFirst();
	}

	private static boolean isIn(StackTraceElement[] stack, Class<?> type) {
		return Stream.of(stack).anyMatch((frame) -> frame.getClassName().equals(type.getName()));
	}

	private CompletableFuture<Void> stopAsync() {
		CompletableFuture<Void> stopped = new CompletableFuture<>();
		this.rig.registry().stop(() -> stopped.complete(null));
		return stopped;
	}

	private void assertAnsweredBefore(CompletableFuture<Void> stop) throws Exception {
		await().during(Duration.ofMillis(300)).until(() -> !stop.isDone());
		this.release.countDown();
		await().until(stop::isDone);
		this.rig.connection().close();
		assertThat(text()).isEqualTo("done");
	}

	private String text() throws Exception {
		return NatsServiceRegistryTests.text(this.reply.get(5, TimeUnit.SECONDS));
	}

	private RequestHandlerContainer handling(int concurrency) throws Exception {
		this.rig = ServiceRig.on(this.server.url(), Duration.ofMinutes(5), NatsMetrics.NONE)
			.start(RequestEndpoint.of("test", "test.subject").concurrency(concurrency).handledBy((request) -> {
				this.first.run();
				this.begun.countDown();
				InTime.await(this.release);
				this.last.run();
				return "done";
			}));
		this.reply = this.client.request("test.subject", null);
		await().until(() -> this.begun.getCount() == 0);
		return this.rig.registry().getContainer("test");
	}

}

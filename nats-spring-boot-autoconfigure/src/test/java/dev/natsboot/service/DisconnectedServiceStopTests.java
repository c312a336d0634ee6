package dev.natsboot.service;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.core.NatsExecutor;
import dev.natsboot.observation.NatsMetrics;
import dev.natsboot.testsupport.InTime;
import dev.natsboot.testsupport.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Request handlers that are stopped or paused while the server is away.
 */
class DisconnectedServiceStopTests {

	private static final int REQUESTS = 5;

	private static final List<String> ALL = IntStream.range(0, REQUESTS).mapToObj(String::valueOf).toList();

	private final Queue<String> begun = new ConcurrentLinkedQueue<>();

	private final Queue<String> handled = new ConcurrentLinkedQueue<>();

	private final Queue<String> interrupted = new ConcurrentLinkedQueue<>();

	private final CountDownLatch release = new CountDownLatch(1);

	private volatile Runnable last = () -> {
	};

	private NatsServer server;

	private Connection client;

	private ServiceRig rig;

	@BeforeEach
	void connect() throws Exception {
		this.server = new NatsServer();
		this.client = Nats.connect(Options.builder()
			.server(this.server.url())
			.maxReconnects(-1)
			.reconnectWait(Duration.ofMillis(50))
			.reportNoResponders()
			.build());
	}

	@AfterEach
	void close() throws Exception {
		this.release.countDown();
		this.rig.close();
		this.client.close();
		this.server.close();
	}

	static Stream<Arguments> endings() {
		Named<Consumer<RequestHandlerContainer>> stop = Named.of("stop", RequestHandlerContainer::stop);
		Named<Consumer<RequestHandlerContainer>> pause = Named.of("pause", RequestHandlerContainer::pause);
		return Stream.of(Arguments.of(1, stop), Arguments.of(2, stop), Arguments.of(1, pause), Arguments.of(2, pause));
	}

	@ParameterizedTest
	@MethodSource("endings")
	void whatHasComeIsHandledWithoutAnInterruption(int concurrency, Consumer<RequestHandlerContainer> ending) {
		RequestHandlerContainer container = disconnected(concurrency);
		CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> ending.accept(container));
		assertHandledBefore(ended);
	}

	@Test
	void whatHasComeIsHandledByAnExecutorWithOneThread() {
		ExecutorService thread = Executors.newSingleThreadExecutor();
		try {
			RequestHandlerContainer container = disconnected(1, Duration.ofMinutes(5), NatsExecutor.of(thread));
			CompletableFuture<Void> ended = CompletableFuture.runAsync(container::stop);
			assertHandledBefore(ended);
		}
		finally {
			thread.shutdownNow();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void nothingMoreComesAfterAStopDuringWhichTheServerCameBack(int concurrency) throws Exception {
		RequestHandlerContainer container = disconnected(concurrency);
		CompletableFuture<Void> stopped = CompletableFuture.runAsync(container::stop);
		await().until(() -> container.getState().status() == Status.STOPPING);
		this.server.start();
		await().until(() -> this.rig.connection().connection().getStatus() == Connection.Status.CONNECTED
				&& this.client.getStatus() == Connection.Status.CONNECTED);
		assertThat(stopped).isNotDone();
		this.release.countDown();
		await().until(stopped::isDone);
		assertThat(container.getState().status()).isEqualTo(Status.STOPPED);
		assertThat(this.client.request("test.subject", "more".getBytes(), Duration.ofMinutes(1)))
			.satisfies((reply) -> assertThat(reply == null || reply.isStatusMessage()).isTrue());
		assertThat(this.handled).containsExactlyInAnyOrderElementsOf(ALL);
	}

	@Test
	void aStopThatTakesTooLongInterruptsTheHandlerAndRefusesWhatWaits() {
		RequestHandlerContainer container = disconnected(1, Duration.ofMillis(200), NatsExecutor.platformThreads());
		CompletableFuture<Void> stopped = CompletableFuture.runAsync(container::stop);
		await().until(stopped::isDone);
		await().until(() -> this.interrupted.size() == 1);
		assertThat(this.handled).isEmpty();
		assertThat(container.getStats().errors()).isEqualTo(REQUESTS);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void aHandlerThatStopsItsEndpointIsNotInterruptedAndWhatHasComeIsHandled(int concurrency) {
		RequestHandlerContainer container = disconnected(concurrency);
		this.last = container::stop;
		this.release.countDown();
		await().untilAsserted(() -> assertThat(this.handled).containsExactlyInAnyOrderElementsOf(ALL));
		await().until(() -> container.getState().status() == Status.STOPPED);
		assertThat(this.interrupted).isEmpty();
	}

	private void assertHandledBefore(CompletableFuture<Void> ended) {
		await().during(Duration.ofMillis(300)).until(() -> !ended.isDone());
		this.release.countDown();
		await().until(ended::isDone);
		assertThat(ended).isCompleted();
		assertThat(this.interrupted).isEmpty();
		assertThat(this.handled).containsExactlyInAnyOrderElementsOf(ALL);
	}

	private RequestHandlerContainer disconnected(int concurrency) {
		return disconnected(concurrency, Duration.ofMinutes(5), NatsExecutor.platformThreads());
	}

	/**
	 * An endpoint whose requests have all come, when the server is away.
	 */
	private RequestHandlerContainer disconnected(int concurrency, Duration shutdownTimeout, NatsExecutor executor) {
		this.rig = ServiceRig.on(this.server.url(), shutdownTimeout, executor, NatsMetrics.NONE);
		RequestHandlerContainer container = this.rig
			.register(RequestEndpoint.of("test", "test.subject").concurrency(concurrency).handledBy(this::handle));
		await().until(() -> this.rig.connection().manager().currentOrNull() != null);
		this.rig.registry().start();
		await().until(() -> container.getState().status() == Status.RUNNING);
		Connection connection = this.rig.connection().connection();
		ALL.forEach((text) -> this.client.publish("test.subject", "replies", text.getBytes()));
		await().until(() -> connection.getStatistics().getInMsgs() >= REQUESTS && !this.begun.isEmpty());
		this.server.stop();
		await().until(() -> connection.getStatus() != Connection.Status.CONNECTED);
		return container;
	}

	private String handle(Message request) {
		String text = new String(request.getData());
		this.begun.add(text);
		try {
			InTime.await(this.release);
			this.last.run();
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
			this.handled.add(text);
		}
		catch (InterruptedException ex) {
			this.interrupted.add(text);
		}
		return text;
	}

}

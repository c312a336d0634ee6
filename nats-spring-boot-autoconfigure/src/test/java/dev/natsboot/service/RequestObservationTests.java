package dev.natsboot.service;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.natsboot.observation.NatsMetrics;
import dev.natsboot.observation.NatsObservations;
import dev.natsboot.observation.NatsProcessObservationContext;
import dev.natsboot.observation.SubjectTags;
import dev.natsboot.testsupport.NatsServer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.nats.client.Connection;
import io.nats.client.Message;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One observation per request, from the handler to the reply.
 */
class RequestObservationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final ObservationRegistry observations = ObservationRegistry.create();

	private final BlockingQueue<Observation.Context> stopped = new LinkedBlockingQueue<>();

	private NatsServer server;

	private ServiceRig rig;

	@BeforeEach
	void start() throws Exception {
		this.observations.observationConfig().observationHandler(new StopRecorder());
		this.server = new NatsServer();
		this.rig = rig(Duration.ofMillis(300));
	}

	@AfterEach
	void stop() throws Exception {
		this.rig.close();
		this.server.close();
	}

	@Test
	void observesAHandlerInItsScope() throws Exception {
		handle((request) -> this.observations.getCurrentObservation().getContext().getName());
		Message reply = connection().request("test.7", null, TIMEOUT);
		Observation.Context context = single();
		assertThat(NatsServiceRegistryTests.text(reply)).isEqualTo(context.getName());
		assertThat(context.getError()).isNull();
		assertThat(context).isInstanceOfSatisfying(NatsProcessObservationContext.class, (process) -> {
			assertThat(process.getEndpoint().id()).isEqualTo("test");
			assertThat(process.getEndpoint().subjects()).containsExactly("test.*");
			assertThat(process.getEndpoint().group()).isEqualTo("q");
			assertThat(process.getEndpoint().replies()).isTrue();
		});
	}

	@Test
	void recordsTheFailure() throws Exception {
		IllegalStateException failure = new IllegalStateException("no");
		handle((request) -> {
			throw failure;
		});
		connection().request("test.7", null, TIMEOUT);
		assertThat(single().getError()).isSameAs(failure);
	}

	@Test
	void recordsThatAReplyCouldNotBeSent() throws Exception {
		handle((request) -> new byte[2 * 1024 * 1024]);
		connection().request("test.7", null, TIMEOUT);
		assertThat(single().getError()).isInstanceOf(IllegalArgumentException.class);
	}

	@Test
	void stopsWhenTheFutureFails() throws Exception {
		CompletableFuture<Object> result = new CompletableFuture<>();
		handle((request) -> result);
		CompletableFuture<Message> reply = connection().request("test.7", null);
		Awaitility.await().atMost(TIMEOUT).until(() -> result.getNumberOfDependents() > 0);
		assertThat(this.stopped).isEmpty();
		result.completeExceptionally(new IllegalStateException("later"));
		reply.get(5, TimeUnit.SECONDS);
		assertThat(single().getError()).hasMessage("later");
	}

	@Test
	void stopsWhatWasAbandoned() throws Exception {
		CountDownLatch started = new CountDownLatch(1);
		handle((request) -> {
			started.countDown();
			return new CompletableFuture<>();
		});
		connection().publish("test.7", null);
		assertThat(started.await(5, TimeUnit.SECONDS)).isTrue();
		this.rig.registry().stop();
		assertThat(single().getError()).hasMessage("Service is stopping");
	}

	private ServiceRig rig(Duration shutdownTimeout) throws Exception {
		ServiceRig rig = ServiceRig.on(this.server.url(), shutdownTimeout, NatsMetrics.NONE);
		rig.registry().setObservations(new NatsObservations(this.observations, new SubjectTags(10, List.of())));
		return rig.start();
	}

	private void handle(RequestHandler handler) {
		this.rig.register(RequestEndpoint.of("test", "test.*").handledBy(handler));
	}

	private Connection connection() {
		return this.rig.connection().connection();
	}

	private Observation.Context single() throws InterruptedException {
		Observation.Context context = this.stopped.poll(5, TimeUnit.SECONDS);
		assertThat(context).isNotNull();
		assertThat(this.stopped).isEmpty();
		return context;
	}

	private final class StopRecorder implements ObservationHandler<Observation.Context> {

		@Override
		public void onStop(Observation.Context context) {
			RequestObservationTests.this.stopped.add(context);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}

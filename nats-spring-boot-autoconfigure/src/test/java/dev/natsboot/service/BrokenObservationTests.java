package dev.natsboot.service;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.natsboot.observation.NatsMetrics;
import dev.natsboot.observation.NatsObservations;
import dev.natsboot.observation.SubjectTags;
import dev.natsboot.testsupport.BrokenObservationHandler;
import dev.natsboot.testsupport.BrokenObservationHandler.Phase;
import dev.natsboot.testsupport.NatsServer;
import io.micrometer.observation.ObservationRegistry;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Requests are answered, one after the other, also when what observes them fails.
 */
@ExtendWith(OutputCaptureExtension.class)
class BrokenObservationTests {

	private final BrokenObservationHandler broken = new BrokenObservationHandler();

	private NatsServer server;

	private Connection client;

	private ServiceRig rig;

	@BeforeEach
	void start() throws Exception {
		this.server = new NatsServer();
		this.client = Nats.connect(this.server.url());
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(this.broken);
		this.rig = ServiceRig.on(this.server.url(), Duration.ofSeconds(1), NatsMetrics.NONE);
		this.rig.registry().setObservations(new NatsObservations(observations, new SubjectTags(10, List.of())));
		this.rig.start();
	}

	@AfterEach
	void stop() throws Exception {
		this.rig.close();
		this.client.close();
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource(Phase.class)
	void everyRequestIsAnsweredAndTheFailureLogged(Phase phase, CapturedOutput output) throws Exception {
		this.broken.failAt(phase);
		register((request) -> {
			if (request.getData().length > 0) {
				throw new IllegalStateException("refused");
			}
			return "done";
		});
		for (int i = 0; i < 3; i++) {
			assertThat(request(0)).isNotNull();
			assertThat(request(1).getHeaders().getFirst(ServiceError.CODE_HEADER)).isEqualTo("500");
		}
		await().until(() -> this.rig.registry().getContainer("test").getStats().requests() == 6);
		assertThat(output).contains(BrokenObservationHandler.TEXT);
		this.broken.failAt(null);
		assertThat(NatsServiceRegistryTests.text(request(0))).isEqualTo("done");
	}

	@Test
	void aReplyThatWasReadyIsSentWhenTheObservationCannotBeStopped() throws Exception {
		this.broken.failAt(Phase.STOP);
		register((request) -> "done");
		assertThat(NatsServiceRegistryTests.text(request(0))).isEqualTo("done");
	}

	@ParameterizedTest
	@EnumSource(names = { "SCOPE_OPENED", "SCOPE_CLOSED", "ERROR", "STOP" })
	void aLaterResultIsAnswered(Phase phase, CapturedOutput output) throws Exception {
		CompletableFuture<Object> result = new CompletableFuture<>();
		register((request) -> (request.getData().length > 0) ? result : "done");
		CompletableFuture<Message> reply = this.client.request("test.subject", new byte[1]);
		await().until(() -> result.getNumberOfDependents() > 0);
		this.broken.failAt(phase);
		result.completeExceptionally(new IllegalStateException("later"));
		assertThat(reply.get(5, TimeUnit.SECONDS).getHeaders().getFirst(ServiceError.CODE_HEADER)).isEqualTo("500");
		await().untilAsserted(() -> assertThat(output).contains(BrokenObservationHandler.TEXT));
		this.broken.failAt(null);
		assertThat(NatsServiceRegistryTests.text(request(0))).isEqualTo("done");
	}

	private void register(RequestHandler handler) {
		this.rig.register(RequestEndpoint.of("test", "test.subject").handledBy(handler));
	}

	private Message request(int size) throws InterruptedException {
		return this.client.request("test.subject", new byte[size], Duration.ofSeconds(5));
	}

}

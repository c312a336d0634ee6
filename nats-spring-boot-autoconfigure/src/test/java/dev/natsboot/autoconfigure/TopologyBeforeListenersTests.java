package dev.natsboot.autoconfigure;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.natsboot.annotation.NatsListener;
import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.testsupport.NatsServer;
import io.nats.client.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class TopologyBeforeListenersTests {

	private NatsServer server;

	@BeforeEach
	void start() {
		this.server = new NatsServer();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void aListenerFindsItsStreamWhenNatsComesLate(CapturedOutput output) {
		this.server.stop();
		runner().run((context) -> {
			this.server.start();
			awaitRunning(context.getBean(NatsListenerEndpointRegistry.class));
			assertThat(output).contains("Created JetStream stream 'LATE'").doesNotContain("can't receive");
		});
	}

	@Test
	void aListenerReceivesAgainFromAStreamThatTheServerForgot() {
		runner().withPropertyValues("nats.jetstream.streams.LATE.storage=memory").run((context) -> {
			Connection connection = context.getBean(NatsConnectionManager.class).connection();
			Handlers handlers = context.getBean(Handlers.class);
			connection.jetStream().publish("late.1", "before".getBytes());
			await().untilAsserted(() -> assertThat(handlers.received).containsExactly("before"));
			this.server.stop();
			this.server.start();
			await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> {
				connection.jetStream().publish("late.2", "after".getBytes());
				assertThat(handlers.received).contains("after");
			});
			awaitRunning(context.getBean(NatsListenerEndpointRegistry.class));
		});
	}

	private void awaitRunning(NatsListenerEndpointRegistry registry) {
		await().atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(registry.getListenerContainer("late").getState().status())
				.isEqualTo(Status.RUNNING));
	}

	private ApplicationContextRunner runner() {
		return new ApplicationContextRunner().withBean(Handlers.class)
			.withPropertyValues("nats.servers=" + this.server.url(), "nats.reconnect-wait=100ms",
					"nats.jetstream.streams.LATE.subjects=late.>")
			.withConfiguration(AllNatsAutoConfigurations.get());
	}

	static class Handlers {

		private final Queue<String> received = new ConcurrentLinkedQueue<>();

		@NatsListener(id = "late", stream = "LATE", subjects = "late.>", consumer = "late")
		void late(String payload) {
			this.received.add(payload);
		}

	}

}

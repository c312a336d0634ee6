package dev.natsboot.service;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.natsboot.testsupport.NatsServer;
import io.nats.client.Message;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three greeters in processes of their own, of which one is killed with signal 9.
 */
class QueueGroupTests {

	private final List<Process> processes = new ArrayList<>();

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
		for (Process process : this.processes) {
			process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
		}
		this.discovery.close();
		this.connection.close();
		this.server.close();
	}

	@Test
	void answersThroughTheOthersWhenOneIsKilled() throws Exception {
		startGreeters(3);
		for (int i = 0; i < 50; i++) {
			assertThat(greet(i)).isEqualTo("Hello, " + i + "!");
		}
		this.processes.remove(0).destroyForcibly().waitFor(10, TimeUnit.SECONDS);
		Awaitility.await()
			.atMost(Duration.ofSeconds(5))
			.until(() -> this.discovery.instances("test-service").size() == 2);
		for (int i = 0; i < 200; i++) {
			assertThat(greet(i)).isEqualTo("Hello, " + i + "!");
		}
		startGreeters(1);
		for (int i = 0; i < 100; i++) {
			assertThat(greet(i)).isEqualTo("Hello, " + i + "!");
		}
		assertThat(this.discovery
			.stats(ServiceQuery.named("test-service").withTimeout(Duration.ofSeconds(10)).withQuorum(3))).hasSize(3)
			.allSatisfy((stats) -> assertThat(stats.endpoints().get(0).requests()).isPositive());
	}

	private void startGreeters(int count) throws Exception {
		for (int i = 0; i < count; i++) {
			this.processes.add(GreeterProcess.start(this.server.url()));
		}
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> this.discovery.instances("test-service").size() == this.processes.size());
	}

	private String greet(int number) throws InterruptedException {
		byte[] name = Integer.toString(number).getBytes(StandardCharsets.UTF_8);
		Message reply = this.connection.connection().request("greeter.greet", name, Duration.ofSeconds(5));
		return NatsServiceRegistryTests.text(reply);
	}

}

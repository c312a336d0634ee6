package dev.natsboot.testsupport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StreamConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@ExtendWith(OutputCaptureExtension.class)
class NatsServerTests {

	@Test
	void startsQuietlyAndSoonEnoughToBeStartedForEveryTest(CapturedOutput output) {
		List<Duration> durations = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			long start = System.nanoTime();
			try (NatsServer server = new NatsServer()) {
				durations.add(Duration.ofNanos(System.nanoTime() - start));
			}
		}
		assertThat(durations).anyMatch((duration) -> duration.compareTo(Duration.ofSeconds(2)) < 0);
		assertThat(output.getAll()).isEmpty();
	}

	@Test
	void survivesKillAndStartOnTheSamePort() throws Exception {
		try (NatsServer server = new NatsServer()) {
			try (Connection connection = Nats.connect(server.url())) {
				connection.jetStreamManagement()
					.addStream(StreamConfiguration.builder().name("KEPT").subjects("kept").build());
			}
			server.kill();
			server.start();
			try (Connection connection = Nats.connect(server.url())) {
				assertThat(connection.jetStreamManagement().getStreamNames()).containsExactly("KEPT");
			}
		}
	}

	@Test
	void startsWithAuthorization() throws Exception {
		try (NatsServer server = new NatsServer("authorization {", "  token: secret", "}")) {
			Options options = Options.builder().server(server.url()).token("secret".toCharArray()).build();
			try (Connection connection = Nats.connect(options)) {
				assertThat(connection.getServerInfo().isAuthRequired()).isTrue();
			}
		}
	}

	@Test
	void startsWithoutJetStream() throws Exception {
		try (NatsServer server = new NatsServer("jetstream: disabled");
				Connection connection = Nats.connect(server.url())) {
			assertThat(connection.getServerInfo().isJetStreamAvailable()).isFalse();
		}
	}

	@Test
	void reportsWhatTheServerSaysWhenItCannotStart() {
		assertThatIllegalStateException().isThrownBy(() -> new NatsServer("authorization { no_such_option: 1 }"))
			.withMessageContaining("no_such_option");
		try (NatsServer server = new NatsServer()) {
			assertThatIllegalStateException().isThrownBy(() -> new NatsServer(server.port()))
				.withMessageContaining("address already in use");
			assertThat(ProcessHandle.of(server.pid())).get().matches(ProcessHandle::isAlive);
		}
	}

	@Test
	void startsClusterThatReplicates() throws Exception {
		try (NatsCluster cluster = NatsServer.cluster(3);
				Connection connection = Nats.connect(cluster.server(0).url())) {
			connection.jetStreamManagement()
				.addStream(StreamConfiguration.builder().name("R3").subjects("r3").replicas(3).build());
			assertThat(connection.jetStreamManagement().getStreamInfo("R3").getClusterInfo().getReplicas()).hasSize(2);
			assertThat(cluster.serverOn(cluster.server(2).port())).isSameAs(cluster.server(2));
			assertThat(cluster.urls().split(",")).hasSize(3);
		}
	}

}

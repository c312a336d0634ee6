package dev.natsboot.test;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

class EmbeddedNatsServerTests {

	private static final StreamConfiguration STREAM = StreamConfiguration.builder()
		.name("KEPT")
		.subjects("kept")
		.build();

	@Test
	void startsWithJetStreamOnFreePortOfTheLoopbackInterface() throws Exception {
		try (EmbeddedNatsServer server = EmbeddedNatsServer.builder().start();
				Connection connection = Nats.connect(server.getUrl())) {
			assertThat(connection.getServerInfo().isJetStreamAvailable()).isTrue();
			assertThat(connection.getServerInfo().getHost()).isEqualTo("127.0.0.1");
			assertThat(connection.getServerInfo().getPort()).isEqualTo(server.getPort()).isNotEqualTo(4222);
			assertThat(connection.getServerInfo().getServerName()).isEqualTo(server.getNodes().get(0).getName());
			assertThat(server.isRunning()).isTrue();
		}
	}

	@Test
	void startsWithoutJetStream() throws Exception {
		try (EmbeddedNatsServer server = EmbeddedNatsServer.builder().jetStream(false).start();
				Connection connection = Nats.connect(server.getUrl())) {
			assertThat(connection.getServerInfo().isJetStreamAvailable()).isFalse();
		}
	}

	@Test
	void keepsPortAndDataWhenKilledOrStoppedAndStartedAgain() throws Exception {
		try (EmbeddedNatsServer server = EmbeddedNatsServer.builder().start()) {
			int port = server.getPort();
			try (Connection connection = Nats.connect(server.getUrl())) {
				connection.jetStreamManagement().addStream(STREAM);
			}
			server.kill();
			assertThat(server.isRunning()).isFalse();
			server.start();
			assertThat(streams(server)).containsExactly("KEPT");
			server.stop();
			server.start();
			assertThat(streams(server)).containsExactly("KEPT");
			assertThat(server.getPort()).isEqualTo(port);
		}
	}

	@Test
	void leavesNoProcessAndNoFileBehind(@TempDir Path directory) throws Exception {
		EmbeddedNatsServer server = EmbeddedNatsServer.builder().start();
		EmbeddedNatsNode node = server.getNodes().get(0);
		long pid = node.getPid();
		Path store = Files.list(Path.of(System.getProperty("java.io.tmpdir")))
			.filter((path) -> node.getName().startsWith(path.getFileName().toString()))
			.findFirst()
			.orElseThrow();
		server.close();
		assertThat(ProcessHandle.of(pid)).isEmpty();
		assertThat(store).doesNotExist();
		assertThatIllegalStateException().isThrownBy(node::getPid).withMessageContaining("doesn't run");
	}

	@Test
	void keepsGivenStoreDirectory(@TempDir Path directory) throws Exception {
		Path store = directory.resolve("nats/data");
		try (EmbeddedNatsServer server = EmbeddedNatsServer.builder().storeDirectory(store).start();
				Connection connection = Nats.connect(server.getUrl())) {
			connection.jetStreamManagement().addStream(STREAM);
		}
		try (EmbeddedNatsServer server = EmbeddedNatsServer.builder().storeDirectory(store).start()) {
			assertThat(streams(server)).containsExactly("KEPT");
		}
		assertThat(store).isDirectory();
	}

	@Test
	void addsConfigurationLines() throws Exception {
		try (EmbeddedNatsServer server = EmbeddedNatsServer.builder()
			.configuration("max_payload: 2048", "authorization { user: app, password: secret }")
			.start()) {
			Options options = Options.builder()
				.server(server.getUrl())
				.userInfo("app".toCharArray(), "secret".toCharArray())
				.build();
			try (Connection connection = Nats.connect(options)) {
				assertThat(connection.getServerInfo().getMaxPayload()).isEqualTo(2048);
			}
		}
	}

	@Test
	void reportsTakenPortWithWhatTheServerSays() throws Exception {
		try (ServerSocket taken = new ServerSocket(0)) {
			assertThatExceptionOfType(EmbeddedNatsStartException.class)
				.isThrownBy(() -> EmbeddedNatsServer.builder().port(taken.getLocalPort()).start())
				.withMessageContaining("address already in use")
				.matches(EmbeddedNatsStartException::isAddressInUse);
		}
	}

	@Test
	void reportsWrongConfigurationWithWhatTheServerSays() {
		assertThatExceptionOfType(EmbeddedNatsStartException.class)
			.isThrownBy(() -> EmbeddedNatsServer.builder().configuration("authorization { no_such: 1 }").start())
			.withMessageContaining("no_such")
			.matches((ex) -> !ex.isAddressInUse());
	}

	@Test
	void refusesImpossibleSettings() {
		assertThatIllegalArgumentException().isThrownBy(() -> EmbeddedNatsServer.builder().clusterSize(0).start())
			.withMessageContaining("'clusterSize'")
			.withMessageContaining("is 0");
		assertThatIllegalArgumentException().isThrownBy(() -> EmbeddedNatsServer.builder().port(70_000).start())
			.withMessageContaining("'port'")
			.withMessageContaining("70000");
	}

	@Test
	void clusterReplicatesAtOnceAndSurvivesTheLossOfANode() throws Exception {
		try (EmbeddedNatsServer cluster = EmbeddedNatsServer.builder().clusterSize(3).start()) {
			assertThat(cluster.getNodes()).hasSize(3);
			Options options = Options.builder()
				.servers(cluster.getUrl().split(","))
				.connectionTimeout(Duration.ofSeconds(10))
				.build();
			try (Connection connection = Nats.connect(options)) {
				StreamInfo info = connection.jetStreamManagement()
					.addStream(StreamConfiguration.builder(STREAM).replicas(3).build());
				assertThat(info.getClusterInfo().getReplicas()).hasSize(2);
				EmbeddedNatsNode node = cluster.getNode(connection.getServerInfo().getPort());
				node.kill();
				assertThat(node.isRunning()).isFalse();
				assertThat(cluster.isRunning()).isFalse();
				cluster.start();
				assertThat(cluster.isRunning()).isTrue();
			}
			assertThat(streams(cluster)).containsExactly("KEPT");
		}
	}

	@Test
	void clusterStartsWithoutJetStream() throws Exception {
		try (EmbeddedNatsServer cluster = EmbeddedNatsServer.builder().clusterSize(2).jetStream(false).start();
				Connection connection = Nats.connect(cluster.getNodes().get(1).getUrl())) {
			await().untilAsserted(() -> assertThat(connection.getServerInfo().getConnectURLs()).hasSize(2));
		}
	}

	@Test
	void namesTheNodesWhenAskedForAnUnknownPort() {
		try (EmbeddedNatsServer server = EmbeddedNatsServer.builder().start()) {
			assertThatIllegalArgumentException().isThrownBy(() -> server.getNode(1))
				.withMessageContaining(server.getUrl());
		}
	}

	private static List<String> streams(EmbeddedNatsServer server) throws Exception {
		try (Connection connection = Nats.connect(Options.builder().servers(server.getUrl().split(",")).build())) {
			return connection.jetStreamManagement().getStreamNames();
		}
		catch (JetStreamApiException ex) {
			throw new AssertionError(ex);
		}
	}

}

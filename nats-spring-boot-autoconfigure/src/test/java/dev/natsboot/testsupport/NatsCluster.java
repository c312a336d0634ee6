package dev.natsboot.testsupport;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A cluster of real nats-servers with JetStream on free ports of the loopback interface.
 */
public final class NatsCluster implements AutoCloseable {

	private static final int ATTEMPTS = 3;

	private static final Duration FIRST_START = Duration.ofSeconds(20);

	private final List<NatsServer> servers = new ArrayList<>();

	NatsCluster(int size, String... configuration) {
		for (int attempt = 1; !start(size, configuration); attempt++) {
			close();
			this.servers.clear();
			if (attempt == ATTEMPTS) {
				throw new IllegalStateException("The cluster isn't ready");
			}
		}
	}

	/**
	 * Now and then nats-server 2.10 counts the nodes of a new cluster too early, and
	 * leaves one out for ever.
	 * @return whether the cluster came together
	 */
	private boolean start(int size, String... configuration) {
		List<Integer> routes = IntStream.generate(FreePorts::next).distinct().limit(size).boxed().toList();
		String urls = routes.stream().map((port) -> "nats://127.0.0.1:" + port).collect(Collectors.joining(", "));
		try {
			for (int node = 0; node < size; node++) {
				String cluster = "cluster { name: test, listen: \"127.0.0.1:%d\", routes: [%s] }"
					.formatted(routes.get(node), urls);
				this.servers.add(new NatsServer(
						Stream.concat(Stream.of("server_name: node-" + node, cluster), Stream.of(configuration))
							.toArray(String[]::new)));
			}
			awaitReplication(FIRST_START);
			return true;
		}
		catch (ConditionTimeoutException ex) {
			return false;
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	/**
	 * Return the servers.
	 * @return the servers in the order in which they were started
	 */
	public List<NatsServer> servers() {
		return List.copyOf(this.servers);
	}

	/**
	 * Return one of the servers.
	 * @param index its place, from 0
	 * @return the server
	 */
	public NatsServer server(int index) {
		return this.servers.get(index);
	}

	/**
	 * Return the server on the given port.
	 * @param port the port that a connection's server info names
	 * @return the server
	 */
	public NatsServer serverOn(int port) {
		return this.servers.stream().filter((server) -> server.port() == port).findFirst().orElseThrow();
	}

	/**
	 * Return the addresses of all servers.
	 * @return the addresses, separated by commas
	 */
	public String urls() {
		return this.servers.stream().map(NatsServer::url).collect(Collectors.joining(","));
	}

	/**
	 * Wait until a stream with a replica on each server can be made.
	 */
	public void awaitReplication() {
		awaitReplication(Duration.ofSeconds(60));
	}

	private void awaitReplication(Duration timeout) {
		Options options = Options.builder().servers(urls().split(",")).build();
		StreamConfiguration probe = StreamConfiguration.builder()
			.name("cluster-probe")
			.subjects("cluster.probe")
			.storageType(StorageType.Memory)
			.replicas(this.servers.size())
			.build();
		try (Connection connection = Nats.connect(options)) {
			JetStreamManagement management = connection
				.jetStreamManagement(JetStreamOptions.builder().requestTimeout(Duration.ofSeconds(1)).build());
			Awaitility.await().atMost(timeout).ignoreExceptions().until(() -> {
				management.addStream(probe);
				return management.deleteStream(probe.getName());
			});
		}
		catch (IOException ex) {
			throw new IllegalStateException("The cluster isn't ready", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

	@Override
	public void close() {
		this.servers.forEach(NatsServer::close);
	}

}

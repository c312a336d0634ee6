package dev.natsboot.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.util.FileSystemUtils;
import org.springframework.util.StringUtils;

/**
 * A running nats-server, or a cluster of them, on the loopback interface. A test of an
 * outage stops or kills it and starts it again: ports and data stay the same. Not meant
 * to be started and stopped by several threads at the same time.
 */
public final class EmbeddedNatsServer implements AutoCloseable {

	private static final int CLUSTER_ATTEMPTS = 3;

	private static final Duration CLUSTER_ATTEMPT = Duration.ofSeconds(20);

	private static final Duration CLUSTER_TIMEOUT = Duration.ofSeconds(60);

	private final Path directory;

	private final boolean temporary;

	/** Whether nobody else has put anything there. */
	private final boolean fresh;

	private final List<EmbeddedNatsNode> nodes;

	private boolean complete;

	EmbeddedNatsServer(EmbeddedNatsSettings settings) {
		Path executable = new NatsExecutable().find(settings.executable());
		this.temporary = !StringUtils.hasText(settings.storeDirectory());
		this.directory = directory(settings.storeDirectory());
		this.fresh = isEmpty(this.directory);
		this.nodes = EmbeddedNatsNodes.create(settings, executable, this.directory);
		try {
			start();
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	/**
	 * Return a builder for a server without Spring.
	 * @return a builder with JetStream, a free port and a temporary store
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return the address for clients.
	 * @return the address, such as {@code nats://localhost:14222}; those of a cluster's
	 * nodes are separated by commas
	 */
	public String getUrl() {
		return this.nodes.stream().map(EmbeddedNatsNode::getUrl).collect(Collectors.joining(","));
	}

	/**
	 * Return the port for clients.
	 * @return the port, of the first node if this is a cluster
	 */
	public int getPort() {
		return this.nodes.get(0).getPort();
	}

	/**
	 * Return the servers.
	 * @return the nodes of the cluster, or the one server
	 */
	public List<EmbeddedNatsNode> getNodes() {
		return this.nodes;
	}

	/**
	 * Return the node that listens on the given port, such as that of a connection's
	 * server info.
	 * @param port the port for clients
	 * @return the node
	 * @throws IllegalArgumentException if no node listens on this port
	 */
	public EmbeddedNatsNode getNode(int port) {
		return this.nodes.stream()
			.filter((node) -> node.getPort() == port)
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("No node has the port " + port + ", only " + getUrl()));
	}

	/**
	 * Return whether every node runs.
	 * @return {@code true} if every node runs
	 */
	public boolean isRunning() {
		return this.nodes.stream().allMatch(EmbeddedNatsNode::isRunning);
	}

	/**
	 * Start the nodes that don't run, with their ports and data, and wait until they
	 * accept clients; with JetStream, until the cluster accepts streams on all nodes.
	 * @throws EmbeddedNatsStartException if a node can't be started
	 */
	public void start() {
		startNodes();
		if (this.nodes.size() > 1) {
			awaitCluster();
		}
	}

	private void startNodes() {
		this.nodes.stream().filter((node) -> !node.isRunning()).forEach(EmbeddedNatsNode::start);
	}

	/**
	 * Now and then nats-server 2.10 counts the nodes of a new cluster too early, and
	 * leaves one out for ever: such a cluster is begun anew, while there is nothing in
	 * it.
	 */
	private void awaitCluster() {
		boolean disposable = this.fresh && !this.complete;
		ClusterReadiness readiness = new ClusterReadiness(this.nodes);
		for (int attempt = 1; disposable && attempt < CLUSTER_ATTEMPTS; attempt++) {
			if (readiness.await(CLUSTER_ATTEMPT)) {
				this.complete = true;
				return;
			}
			stop();
			deleteData();
			startNodes();
		}
		if (!readiness.await(CLUSTER_TIMEOUT)) {
			throw new EmbeddedNatsStartException(
					"The cluster isn't complete after " + CLUSTER_TIMEOUT.toSeconds() + " s", null);
		}
		this.complete = true;
	}

	/**
	 * Stop all nodes by their ordinary signal and wait for their ends.
	 */
	public void stop() {
		this.nodes.forEach(EmbeddedNatsNode::stop);
	}

	/**
	 * Kill all nodes, without a chance for them to say anything or to save data, and wait
	 * for their ends.
	 */
	public void kill() {
		this.nodes.forEach(EmbeddedNatsNode::kill);
	}

	/**
	 * Stop all nodes, and remove the data if it is in a temporary folder.
	 */
	@Override
	public void close() {
		stop();
		if (this.temporary) {
			deleteData();
		}
	}

	private void deleteData() {
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isEmpty(Path directory) {
		try (Stream<Path> files = Files.list(directory)) {
			return files.findAny().isEmpty();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public String toString() {
		return "EmbeddedNatsServer[" + getUrl() + "]";
	}

	private static Path directory(String configured) {
		try {
			return StringUtils.hasText(configured)
					? Files.createDirectories(Path.of(configured).toAbsolutePath().normalize())
					: Files.createTempDirectory("embedded-nats-");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Builds an {@link EmbeddedNatsServer}.
	 */
	public static final class Builder {

		private int port;

		private boolean jetStream = true;

		private int clusterSize = 1;

		private List<String> configuration = List.of();

		private String storeDirectory = "";

		private String executable = "";

		private Builder() {
		}

		/**
		 * Set the port for clients.
		 * @param port the port, of a cluster's first node, or 0 for a free one
		 * @return this builder
		 */
		public Builder port(int port) {
			this.port = port;
			return this;
		}

		/**
		 * Set whether JetStream is switched on.
		 * @param jetStream whether JetStream is switched on, which is the default
		 * @return this builder
		 */
		public Builder jetStream(boolean jetStream) {
			this.jetStream = jetStream;
			return this;
		}

		/**
		 * Set the number of servers.
		 * @param clusterSize the number of servers; more than one form a cluster
		 * @return this builder
		 */
		public Builder clusterSize(int clusterSize) {
			this.clusterSize = clusterSize;
			return this;
		}

		/**
		 * Set the lines to add to each server's configuration file.
		 * @param lines the lines
		 * @return this builder
		 */
		public Builder configuration(String... lines) {
			this.configuration = List.of(lines);
			return this;
		}

		/**
		 * Set the folder for JetStream's data, which is kept at the end.
		 * @param directory the folder, created when missing
		 * @return this builder
		 */
		public Builder storeDirectory(Path directory) {
			this.storeDirectory = directory.toString();
			return this;
		}

		/**
		 * Set the nats-server program.
		 * @param executable its path
		 * @return this builder
		 */
		public Builder executable(Path executable) {
			this.executable = executable.toString();
			return this;
		}

		/**
		 * Start the server and wait until it accepts clients.
		 * @return the running server
		 * @throws IllegalArgumentException if the port or the cluster size is impossible
		 * @throws NatsServerNotFoundException if no nats-server program was found
		 * @throws EmbeddedNatsStartException if it can't be started
		 */
		public EmbeddedNatsServer start() {
			return new EmbeddedNatsServer(new EmbeddedNatsSettings(this.port, this.jetStream, this.clusterSize,
					this.configuration, this.storeDirectory, this.executable));
		}

	}

}

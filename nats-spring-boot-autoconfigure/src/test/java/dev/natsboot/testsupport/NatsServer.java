package dev.natsboot.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.nats.NatsServerRunner;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import org.awaitility.Awaitility;

import org.springframework.util.FileSystemUtils;

/**
 * A real nats-server with JetStream on a free port of the loopback interface. It can be
 * stopped and started again on the same port with the same store. Its output is only
 * shown with {@code -Dnats.server.output=true}, and in the exception when it can't be
 * started.
 */
public final class NatsServer implements AutoCloseable {

	private static final int ATTEMPTS = 5;

	private static final Pattern SERVER_NAME = Pattern.compile("(?m)^\\s*server_name\\s*[:=]");

	private static final Pattern JETSTREAM = Pattern.compile("(?m)^\\s*jetstream\\b");

	private final Path directory;

	private final List<String> configuration;

	private int port;

	private NatsServerRunner runner;

	private ServerOutput output;

	/**
	 * Start a server on a free port.
	 * @param configuration the lines to add to the configuration file, such as
	 * {@code "authorization { token: secret }"}. A line that starts with
	 * {@code jetstream} replaces the default one ({@code "jetstream: disabled"} switches
	 * it off).
	 */
	public NatsServer(String... configuration) {
		this(createDirectory(), configuration);
		startOrClose(this::startOnFreePort);
	}

	/**
	 * Start a server on the given port.
	 * @param port the port
	 * @param configuration the lines to add to the configuration file
	 */
	public NatsServer(int port, String... configuration) {
		this(createDirectory(), configuration);
		this.port = port;
		startOrClose(this::start);
	}

	private NatsServer(Path directory, String... configuration) {
		this.directory = directory;
		this.configuration = Arrays.stream(configuration).flatMap(String::lines).toList();
	}

	/**
	 * Start a cluster whose servers share a JetStream domain; a stream may have as many
	 * replicas as there are servers.
	 * @param size the number of servers
	 * @param configuration the lines to add to each server's configuration file
	 * @return the cluster, ready to create streams
	 */
	public static NatsCluster cluster(int size, String... configuration) {
		return new NatsCluster(size, configuration);
	}

	private void startOrClose(Runnable start) {
		try {
			start.run();
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	private void startOnFreePort() {
		for (int attempt = 1; this.runner == null; attempt++) {
			this.port = FreePorts.next();
			try {
				start();
			}
			catch (IllegalStateException ex) {
				if (attempt == ATTEMPTS || !ex.getMessage().contains("address already in use")) {
					throw ex;
				}
			}
		}
	}

	/**
	 * Start the server again, on the same port and with the same store.
	 */
	public void start() {
		String name = this.directory.getFileName().toString();
		this.output = new ServerOutput();
		NatsServerRunner started = launch(name);
		try {
			new ServerReadiness(this.port, configures(SERVER_NAME) ? "" : name, pidFile(), this.output).await();
			this.runner = started;
		}
		catch (RuntimeException ex) {
			shutdown(started);
			throw ex;
		}
	}

	private NatsServerRunner launch(String name) {
		try {
			return NatsServerRunner.builder()
				.port(this.port)
				.configInserts(configInserts(name))
				.customArgs(List.of("-P", pidFile().toString()))
				.output(this.output)
				.processCheckWait(1L)
				.processCheckTries(1)
				.skipConnectValidate()
				.build();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private List<String> configInserts(String name) {
		List<String> inserts = new ArrayList<>();
		inserts.add("host: 127.0.0.1");
		if (!configures(SERVER_NAME)) {
			inserts.add("server_name: " + name);
		}
		if (!configures(JETSTREAM)) {
			inserts.add("jetstream { store_dir: \"" + this.directory + "\" }");
		}
		inserts.addAll(this.configuration);
		return inserts;
	}

	private boolean configures(Pattern key) {
		return this.configuration.stream().anyMatch((line) -> key.matcher(line).find());
	}

	/**
	 * Stop the server by its ordinary signal and wait for its end.
	 */
	public void stop() {
		if (this.runner != null) {
			shutdown(this.runner);
			this.runner = null;
		}
	}

	/**
	 * Kill the server with signal 9 and wait for its end.
	 */
	public void kill() {
		ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroyForcibly);
		stop();
	}

	/**
	 * Let the server do nothing until the result is closed; its connections stay.
	 * @return the frozen server
	 */
	public FrozenProcess freeze() {
		return new FrozenProcess(pid());
	}

	/**
	 * Return the process id of the server.
	 * @return the process id
	 */
	public long pid() {
		try {
			return Long.parseLong(Files.readString(pidFile()).trim());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public String url() {
		return "nats://localhost:" + this.port;
	}

	public int port() {
		return this.port;
	}

	/**
	 * Delete all streams.
	 * @param management a client's access to this server
	 * @throws IOException when the server doesn't answer
	 * @throws JetStreamApiException when the server refuses
	 */
	public void deleteStreams(JetStreamManagement management) throws IOException, JetStreamApiException {
		for (String name : management.getStreamNames()) {
			deleteStream(management, name);
		}
	}

	/**
	 * Delete a stream. The server answers before the stream's folder is gone, and can't
	 * create another one of that name until it is.
	 * @param management a client's access to this server
	 * @param name the name of the stream
	 * @throws IOException when the server doesn't answer
	 * @throws JetStreamApiException when the server refuses
	 */
	public void deleteStream(JetStreamManagement management, String name) throws IOException, JetStreamApiException {
		keepFolders();
		management.deleteStream(name);
		Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).until(() -> !hasFolder(name));
	}

	/**
	 * Since 2.10 the server removes the folder of all streams, if it is empty, some time
	 * after its answer, and refuses a stream that is created in that moment (10049).
	 */
	private void keepFolders() throws IOException {
		for (Path streams : folders()) {
			Files.createDirectories(streams.resolve("kept-by-the-tests"));
		}
	}

	private boolean hasFolder(String stream) throws IOException {
		return folders().stream()
			.anyMatch(
					(streams) -> Files.exists(streams.resolve(stream)) || Files.exists(streams.resolve("." + stream)));
	}

	/**
	 * Where each account has its streams.
	 */
	private List<Path> folders() throws IOException {
		Path store = this.directory.resolve("jetstream");
		if (!Files.exists(store)) {
			return List.of();
		}
		try (Stream<Path> accounts = Files.list(store)) {
			return accounts.map((account) -> account.resolve("streams")).filter(Files::isDirectory).toList();
		}
	}

	private Path pidFile() {
		return this.directory.resolve("nats-server.pid");
	}

	@Override
	public void close() {
		stop();
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void shutdown(NatsServerRunner runner) {
		Optional<ServerProcess> process = ServerProcess.find(pidFile(), this.output);
		try {
			runner.shutdown(false);
			process.ifPresent(ServerProcess::awaitEnd);
			Files.deleteIfExists(Path.of(runner.getConfigFile()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static Path createDirectory() {
		try {
			return Files.createTempDirectory("nats-server-");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

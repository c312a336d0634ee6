package dev.natsboot.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;

import io.nats.NatsServerRunner;

import org.springframework.util.FileSystemUtils;

/**
 * A real nats-server with JetStream on a free port. It can be stopped and started again
 * on the same port with the same store.
 */
public final class NatsServer implements AutoCloseable {

	private final Path store;

	private final int port;

	private final List<String> configuration;

	private NatsServerRunner runner;

	public NatsServer(String... configuration) {
		this(freePort(), configuration);
	}

	public NatsServer(int port, String... configuration) {
		try {
			this.store = Files.createTempDirectory("nats-server-");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.port = port;
		this.configuration = List.of(configuration);
		start();
	}

	public void start() {
		try {
			this.runner = NatsServerRunner.builder()
				.port(this.port)
				.jetstream(false)
				.configInserts(configInserts())
				.customArgs(List.of("-P", this.store.resolve("nats-server.pid").toString()))
				.outputLevel(Level.FINE)
				.processCheckWait(20L)
				.connectValidateInitialDelay(20L)
				.connectValidateSubsequentDelay(50L)
				.connectValidateTries(100)
				.build();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private List<String> configInserts() {
		List<String> inserts = new ArrayList<>(this.configuration);
		inserts.add("host: 127.0.0.1");
		if (this.configuration.stream().noneMatch((line) -> line.startsWith("jetstream"))) {
			inserts.add("jetstream { store_dir: \"" + this.store + "\" }");
		}
		return inserts;
	}

	/**
	 * Stop the server by its ordinary signal.
	 */
	public void stop() {
		try {
			this.runner.shutdown(true);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Kill the server with signal 9.
	 */
	public void kill() {
		try {
			long pid = Long.parseLong(Files.readString(this.store.resolve("nats-server.pid")).trim());
			ProcessHandle.of(pid).ifPresent((process) -> {
				process.destroyForcibly();
				process.onExit().join();
			});
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

	@Override
	public void close() {
		stop();
		try {
			FileSystemUtils.deleteRecursively(this.store);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

package dev.natsboot.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.nats.NatsServerRunner;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A nats-server process that accepts clients, run by jnats-server-runner.
 */
final class NatsProcess {

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	private final NatsServerRunner runner;

	private final ProcessHandle handle;

	private final String info;

	private NatsProcess(NatsServerRunner runner, ProcessHandle handle, String info) {
		this.runner = runner;
		this.handle = handle;
		this.info = info;
	}

	static NatsProcess start(Command command, int port, String name) {
		ServerOutput output = new ServerOutput();
		NatsServerRunner runner = run(command, port, output);
		try {
			String info = new ServerReadiness(port, name, command.pidFile(), output).await();
			return new NatsProcess(runner, handle(command.pidFile()), info);
		}
		catch (RuntimeException ex) {
			shutdown(runner, child(command.pidFile()));
			throw ex;
		}
	}

	private static NatsServerRunner run(Command command, int port, ServerOutput output) {
		try {
			Files.createDirectories(command.pidFile().getParent());
			// The runner's own validation takes two seconds, ServerReadiness does it
			// better
			return NatsServerRunner.builder()
				.executablePath(command.executable())
				.port(port)
				.configInserts(command.configuration())
				.customArgs(List.of("-P", command.pidFile().toString()))
				.output(output)
				.processCheckWait(1L)
				.processCheckTries(1)
				.skipConnectValidate()
				.build();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (IllegalStateException ex) {
			throw new EmbeddedNatsStartException(String.valueOf(ex.getMessage()), ex);
		}
	}

	private static ProcessHandle handle(Path pidFile) {
		try {
			long pid = Long.parseLong(Files.readString(pidFile).trim());
			return ProcessHandle.of(pid)
				.orElseThrow(() -> new EmbeddedNatsStartException("nats-server ended soon after its start", null));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	ProcessHandle handle() {
		return this.handle;
	}

	/**
	 * Return whether the server's {@code INFO} says that something is so.
	 * @param flag the key
	 * @return whether its value is {@code true}
	 */
	boolean informs(String flag) {
		return this.info.contains("\"" + flag + "\":true");
	}

	void stop() {
		shutdown(this.runner, this.handle);
	}

	/**
	 * The process of a server that couldn't be started.
	 */
	private static @Nullable ProcessHandle child(Path pidFile) {
		try {
			String pid = Files.exists(pidFile) ? Files.readString(pidFile).trim() : "";
			return ProcessHandle.current()
				.children()
				.filter((child) -> pid.equals(Long.toString(child.pid())))
				.findFirst()
				.orElse(null);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The runner would wait for ever.
	 */
	private static void shutdown(NatsServerRunner runner, @Nullable ProcessHandle process) {
		try {
			runner.shutdown(false);
			if (process != null) {
				awaitEnd(process);
			}
			Files.deleteIfExists(Path.of(runner.getConfigFile()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void awaitEnd(ProcessHandle process) {
		long start = System.nanoTime();
		while (process.isAlive()) {
			if (System.nanoTime() - start > STOP_TIMEOUT.toNanos()) {
				process.destroyForcibly();
				throw new IllegalStateException(
						"nats-server didn't end within " + STOP_TIMEOUT.toSeconds() + " s and was killed");
			}
			LockSupport.parkNanos(PAUSE_NANOS);
		}
	}

	/**
	 * How to start a process.
	 *
	 * @param executable the program
	 * @param pidFile the file to which the server writes its process id
	 * @param configuration the lines of configuration
	 */
	record Command(Path executable, Path pidFile, List<String> configuration) {

		Command {
			Assert.notEmpty(configuration, "'configuration' must not be empty");
		}

	}

}

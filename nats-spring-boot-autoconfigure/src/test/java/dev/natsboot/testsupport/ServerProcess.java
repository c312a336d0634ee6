package dev.natsboot.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The process of a server whose end is waited for.
 */
final class ServerProcess {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final Duration LAST_WORDS = Duration.ofSeconds(5);

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	private final ProcessHandle handle;

	private final ServerOutput output;

	private ServerProcess(ProcessHandle handle, ServerOutput output) {
		this.handle = handle;
		this.output = output;
	}

	/**
	 * Find the process that has written its id to a file.
	 * @param pidFile the file
	 * @param output what the process prints
	 * @return the process, unless it has ended
	 */
	static Optional<ServerProcess> find(Path pidFile, ServerOutput output) {
		if (!Files.exists(pidFile)) {
			return Optional.empty();
		}
		try {
			String pid = Files.readString(pidFile).trim();
			return ProcessHandle.current()
				.children()
				.filter((child) -> pid.equals(Long.toString(child.pid())))
				.findFirst()
				.map((child) -> new ServerProcess(child, output));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Wait for the end of a process that was told to end. When it takes too long, it is
	 * killed, and its goroutines are in the exception.
	 */
	void awaitEnd() {
		if (!endsWithin(TIMEOUT)) {
			this.output.forget();
			printGoroutines();
			endsWithin(LAST_WORDS);
			this.handle.destroyForcibly();
			throw new IllegalStateException("nats-server didn't end within " + TIMEOUT + ": " + this.output.text());
		}
	}

	private void printGoroutines() {
		try {
			new ProcessBuilder("kill", "-QUIT", Long.toString(this.handle.pid())).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean endsWithin(Duration timeout) {
		long start = System.nanoTime();
		while (this.handle.isAlive() && System.nanoTime() - start < timeout.toNanos()) {
			LockSupport.parkNanos(PAUSE_NANOS);
		}
		return !this.handle.isAlive();
	}

}

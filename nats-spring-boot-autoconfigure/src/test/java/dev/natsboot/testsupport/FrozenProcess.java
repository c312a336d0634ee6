package dev.natsboot.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import org.springframework.util.Assert;

/**
 * A process that does nothing until it is closed: connected, and silent. The signal
 * reaches one thread after another, and on a busy machine {@code kill} returns while some
 * still run; they are waited for where {@code /proc} tells of them.
 */
public final class FrozenProcess implements AutoCloseable {

	private static final char STOPPED = 'T';

	private final long pid;

	FrozenProcess(long pid) {
		this.pid = pid;
		signal("STOP");
		try {
			Awaitility.await().until(() -> threads().stream().allMatch(FrozenProcess::isStopped));
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	@Override
	public void close() {
		signal("CONT");
	}

	private void signal(String name) {
		try {
			Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(this.pid)).start();
			Assert.state(kill.waitFor(10, TimeUnit.SECONDS) && kill.exitValue() == 0,
					() -> "Process " + this.pid + " has got no SIG" + name);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while process " + this.pid + " gets SIG" + name, ex);
		}
	}

	private List<Path> threads() throws IOException {
		Path threads = Path.of("/proc", Long.toString(this.pid), "task");
		if (Files.notExists(threads)) {
			return List.of();
		}
		try (Stream<Path> found = Files.list(threads)) {
			return found.toList();
		}
	}

	/**
	 * The state follows the name, which is in brackets.
	 */
	private static boolean isStopped(Path thread) {
		try {
			String stat = Files.readString(thread.resolve("stat"));
			return stat.charAt(stat.lastIndexOf(')') + 2) == STOPPED;
		}
		catch (NoSuchFileException ex) {
			return true;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

package dev.natsboot.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs in a process of its own and logs to a file.
 */
public final class ChildProcess {

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(40);

	private final String name;

	private final Process process;

	private ChildProcess(String name, Process process) {
		this.name = name;
		this.process = process;
	}

	/**
	 * Start a program.
	 * @param name what to call it
	 * @param command the command line
	 * @param log the file for its output, which is appended to
	 * @return the running program
	 */
	public static ChildProcess start(String name, List<String> command, Path log) {
		try {
			Files.createDirectories(log.getParent());
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
				.start();
			process.getOutputStream().close();
			return new ChildProcess(name, process);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The " + name + " can't be started", ex);
		}
	}

	public String name() {
		return this.name;
	}

	public long pid() {
		return this.process.pid();
	}

	public boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Return the status with which the program has ended.
	 * @return the status, above 128 when a signal ended it
	 */
	public int status() {
		return this.process.exitValue();
	}

	/**
	 * Ask the program to end, as Ctrl-C or Kubernetes would.
	 */
	public void terminate() {
		this.process.destroy();
	}

	/**
	 * Kill the program, without a chance for it to say anything, and wait for its end.
	 */
	public void kill() {
		this.process.destroyForcibly();
		awaitEnd();
	}

	/**
	 * Wait for the end of the program, and kill it when it takes too long.
	 * @return whether it ended by itself
	 */
	public boolean awaitEnd() {
		try {
			if (this.process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
				return true;
			}
			Console.say("The %s didn't stop within %d s and is killed", this.name, STOP_TIMEOUT.toSeconds());
			this.process.destroyForcibly();
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
		return false;
	}

}

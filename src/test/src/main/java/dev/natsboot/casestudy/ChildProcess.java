package dev.natsboot.casestudy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An application that runs in a JVM of its own and logs to a file.
 */
final class ChildProcess {

	private static final Duration START_TIMEOUT = Duration.ofMinutes(5);

	private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration PROBE_PAUSE = Duration.ofMillis(200);

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(40);

	private final String name;

	private final URI health;

	private final Process process;

	private ChildProcess(String name, URI health, Process process) {
		this.name = name;
		this.health = health;
		this.process = process;
	}

	static ChildProcess start(String name, String health, List<String> command, Path log) {
		try {
			Files.createDirectories(log.getParent());
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(log.toFile())
				.start();
			process.getOutputStream().close();
			return new ChildProcess(name, URI.create(health), process);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The " + name + " can't be started", ex);
		}
	}

	String name() {
		return this.name;
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Wait until the application says that it is healthy.
	 * @param client the HTTP client to ask with
	 * @throws InterruptedException if interrupted
	 * @throws CaseStudyException if it ends or isn't healthy in time
	 */
	void awaitHealth(HttpClient client) throws InterruptedException {
		long start = System.nanoTime();
		String answer = "no answer";
		while (System.nanoTime() - start < START_TIMEOUT.toNanos()) {
			if (!isAlive()) {
				throw new CaseStudyException("The %s ended with status %d while it was started".formatted(this.name,
						this.process.exitValue()));
			}
			answer = probe(client);
			if (answer.equals("200")) {
				return;
			}
			TimeUnit.NANOSECONDS.sleep(PROBE_PAUSE.toNanos());
		}
		throw new CaseStudyException("The %s isn't healthy after %d s: %s says %s".formatted(this.name,
				START_TIMEOUT.toSeconds(), this.health, answer));
	}

	private String probe(HttpClient client) throws InterruptedException {
		try {
			HttpRequest request = HttpRequest.newBuilder(this.health).timeout(PROBE_TIMEOUT).build();
			HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
			return (response.statusCode() == 200) ? "200" : response.statusCode() + " " + response.body();
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	/**
	 * Ask the application to end, as Ctrl-C or Kubernetes would.
	 */
	void terminate() {
		this.process.destroy();
	}

	/**
	 * Wait for the end of the application, and kill it when it takes too long.
	 */
	void awaitEnd() {
		try {
			if (!this.process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
				Console.say("The %s didn't stop within %d s and is killed", this.name, STOP_TIMEOUT.toSeconds());
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}

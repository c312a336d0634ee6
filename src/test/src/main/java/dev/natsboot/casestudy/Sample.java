package dev.natsboot.casestudy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.natsboot.run.ChildProcess;
import dev.natsboot.run.RunException;

/**
 * A running application of the case study.
 *
 * @param process the process
 * @param health the address of its health
 */
record Sample(ChildProcess process, URI health) {

	private static final Duration START_TIMEOUT = Duration.ofMinutes(5);

	private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration PROBE_PAUSE = Duration.ofMillis(200);

	/**
	 * Wait until the application says that it is healthy.
	 * @param client the HTTP client to ask with
	 * @throws InterruptedException if interrupted
	 * @throws RunException if it ends or isn't healthy in time
	 */
	void awaitHealth(HttpClient client) throws InterruptedException {
		long start = System.nanoTime();
		String answer = "no answer";
		while (System.nanoTime() - start < START_TIMEOUT.toNanos()) {
			if (!this.process.isAlive()) {
				throw new RunException("The %s ended with status %d while it was started".formatted(this.process.name(),
						this.process.status()));
			}
			answer = probe(client);
			if (answer.equals("200")) {
				return;
			}
			TimeUnit.NANOSECONDS.sleep(PROBE_PAUSE.toNanos());
		}
		throw new RunException("The %s isn't healthy after %d s: %s says %s".formatted(this.process.name(),
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

}

package dev.natsboot.faults;

import java.io.IOException;
import java.time.Duration;

import dev.natsboot.run.RunException;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.Nats;
import io.nats.client.Options;

/**
 * Asks JetStream over a connection that no proxy disturbs and that comes back as quickly
 * as it can.
 */
final class StreamApi implements AutoCloseable {

	private static final int ATTEMPTS = 5;

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final Duration IMPATIENCE = Duration.ofMillis(100);

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final Duration POLL = Duration.ofMillis(5);

	private final Connection connection;

	StreamApi(String urls) {
		Options options = Options.builder()
			.servers(urls.split(","))
			.maxReconnects(-1)
			.reconnectWait(Duration.ofMillis(10))
			.reconnectJitter(Duration.ofMillis(5))
			.connectionTimeout(Duration.ofMillis(500))
			.errorListener(new SilentErrors())
			.build();
		try {
			this.connection = Nats.connect(options);
		}
		catch (IOException ex) {
			throw new RunException("nats-server doesn't answer at " + urls, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new RunException("Interrupted", ex);
		}
	}

	Connection connection() {
		return this.connection;
	}

	/**
	 * Ask until there is an answer: leaders change.
	 */
	<T> T ask(Call<T> call) {
		RunException failure = new RunException("JetStream doesn't answer");
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			try {
				return call.on(management(PATIENCE));
			}
			catch (IOException | JetStreamApiException ex) {
				failure = new RunException("JetStream doesn't answer: " + ex.getMessage(), ex);
			}
		}
		throw failure;
	}

	/**
	 * Ask again and again, without waiting for answers that don't come at once.
	 */
	void await(String what, Call<Boolean> condition) throws InterruptedException {
		long start = System.nanoTime();
		Exception last = null;
		while (System.nanoTime() - start < TIMEOUT.toNanos()) {
			try {
				if (condition.on(management(IMPATIENCE))) {
					return;
				}
				last = null;
			}
			catch (IOException | JetStreamApiException | IllegalStateException ex) {
				last = ex;
			}
			Pause.of(POLL);
		}
		throw new RunException("No answer for " + what + " within " + TIMEOUT, last);
	}

	private JetStreamManagement management(Duration timeout) throws IOException {
		return this.connection.jetStreamManagement(JetStreamOptions.builder().requestTimeout(timeout).build());
	}

	@Override
	public void close() {
		try {
			this.connection.close();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * A question.
	 */
	interface Call<T> {

		T on(JetStreamManagement management) throws IOException, JetStreamApiException;

	}

}

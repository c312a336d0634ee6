package dev.natsboot.connection;

import java.io.IOException;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;

/**
 * One attempt to connect, with a failure that says why.
 */
final class ConnectAttempt {

	private ConnectAttempt() {
	}

	static Connection connect(Options options, ClientCallbacks callbacks) throws InterruptedException {
		try {
			return Nats.connect(options);
		}
		catch (IOException | RuntimeException ex) {
			throw callbacks.failures().toException(options, ex);
		}
	}

}

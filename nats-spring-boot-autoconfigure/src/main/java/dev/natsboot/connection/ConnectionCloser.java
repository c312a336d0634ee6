package dev.natsboot.connection;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.nats.client.Connection;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Closes connections: drained when they are up, so that nothing that was published is
 * lost.
 */
final class ConnectionCloser {

	private static final Log logger = LogFactory.getLog(NatsConnectionManager.class);

	private ConnectionCloser() {
	}

	static void close(Connection connection, Duration drainTimeout) {
		try {
			if (connection.getStatus() == Connection.Status.CONNECTED && !drainTimeout.isZero()) {
				drain(connection, drainTimeout);
			}
			connection.close();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			logger.warn("Interrupted while closing a NATS connection: messages may not have been delivered");
		}
	}

	private static void drain(Connection connection, Duration timeout) throws InterruptedException {
		try {
			if (!connection.drain(timeout).get(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
				logger.warn("Handlers of the NATS connection still ran after 'nats.drain-timeout' (" + timeout
						+ "), it was closed");
			}
		}
		catch (TimeoutException | ExecutionException | IllegalStateException ex) {
			logger.warn("The NATS connection couldn't be drained within 'nats.drain-timeout' (" + timeout
					+ "), messages may not have been delivered", ConnectFailures.safe(ex));
		}
	}

}

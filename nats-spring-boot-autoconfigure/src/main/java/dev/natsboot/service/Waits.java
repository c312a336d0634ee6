package dev.natsboot.service;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.natsboot.connection.NatsConnectionManager;
import io.nats.client.Connection;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Waits for something that is to be over either way.
 */
final class Waits {

	private static final Log logger = LogFactory.getLog(Waits.class);

	private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(2);

	private Waits() {
	}

	/**
	 * Wait until the server has seen what was sent so far.
	 * @param manager whose connection to flush, when it is connected
	 */
	static void flush(NatsConnectionManager manager) {
		Connection connection = manager.currentOrNull();
		if (connection == null || connection.getStatus() != Connection.Status.CONNECTED) {
			return;
		}
		try {
			connection.flush(FLUSH_TIMEOUT);
		}
		catch (TimeoutException | IllegalStateException ex) {
			logger.debug("Connection '" + manager.name() + "' did not flush", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	static void await(Future<?> future, long deadlineNanos) {
		try {
			future.get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (TimeoutException ex) {
			logger.debug("Not over in time", ex);
		}
		catch (ExecutionException ex) {
			logger.warn("Subscription could not be drained", ex.getCause());
		}
	}

}

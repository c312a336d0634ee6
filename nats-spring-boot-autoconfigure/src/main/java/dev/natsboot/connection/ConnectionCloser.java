package dev.natsboot.connection;

import java.lang.StackWalker.Option;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
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

	/**
	 * Close a connection. Returns when it is closed, unless a handler calls this on the
	 * client's thread: the connection, which waits for its handlers, is then closed when
	 * that one has returned.
	 */
	static void close(Connection connection, Duration drainTimeout) {
		if (isHandler()) {
			logger.debug("A handler closes its NATS connection, which is drained when the handler has returned");
			new Thread(() -> closeNow(connection, drainTimeout), "nats-connection-close").start();
		}
		else {
			closeNow(connection, drainTimeout);
		}
	}

	/**
	 * Whichever dispatcher it is: to ask costs nothing before the end, and knows those of
	 * the application, too.
	 */
	static boolean isHandler() {
		return StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE)
			.walk((frames) -> frames.anyMatch((frame) -> Dispatcher.class.isAssignableFrom(frame.getDeclaringClass())));
	}

	private static void closeNow(Connection connection, Duration drainTimeout) {
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

package dev.natsboot.core;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Receives one message on the caller's thread. Uses a dispatcher, as giving up a
 * synchronous subscription while messages arrive can break the connection (nats.java pull
 * request 1615).
 */
final class SingleMessage {

	private static final Log LOG = LogFactory.getLog(SingleMessage.class);

	private SingleMessage() {
	}

	static @Nullable Message receive(Connection connection, String subject, Duration timeout) {
		CompletableFuture<Message> received = new CompletableFuture<>();
		Dispatcher dispatcher = subscribe(connection, subject, received);
		try {
			return received.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			return null;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new NatsException("Interrupted while waiting for a message on subject '" + subject + "'", ex);
		}
		catch (ExecutionException ex) {
			throw new NatsException("Receiving from subject '" + subject + "' failed: " + ex.getMessage(), ex);
		}
		finally {
			close(connection, dispatcher);
		}
	}

	/**
	 * The handler is in place before the subscription, so that no message passes between.
	 */
	private static Dispatcher subscribe(Connection connection, String subject, CompletableFuture<Message> received) {
		try {
			Dispatcher dispatcher = connection.createDispatcher(received::complete);
			dispatcher.subscribe(subject);
			dispatcher.unsubscribe(subject, 1);
			return dispatcher;
		}
		catch (IllegalStateException ex) {
			throw new NatsException("Receiving from subject '" + subject + "' failed: " + ex.getMessage(), ex);
		}
	}

	private static void close(Connection connection, Dispatcher dispatcher) {
		try {
			if (dispatcher.isActive()) {
				connection.closeDispatcher(dispatcher);
			}
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			LOG.debug("The connection was closed and the subscription with it", ex);
		}
	}

}

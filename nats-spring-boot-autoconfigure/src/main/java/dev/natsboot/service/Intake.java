package dev.natsboot.service;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.natsboot.connection.NatsConnectionManager;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.MessageHandler;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Subscriptions on one connection with a dispatcher thread of their own. The dispatcher's
 * default handler is used, as the client drops messages that come in between the
 * subscription and the registration of any other.
 */
final class Intake {

	private static final Log logger = LogFactory.getLog(Intake.class);

	private final Connection connection;

	private final Dispatcher dispatcher;

	Intake(Connection connection, MessageHandler handler) {
		this.connection = connection;
		this.dispatcher = connection.createDispatcher(handler);
	}

	void subscribe(String subject, @Nullable String queue) {
		if (queue != null) {
			this.dispatcher.subscribe(subject, queue);
		}
		else {
			this.dispatcher.subscribe(subject);
		}
	}

	/**
	 * Let reports of slow consumers name a subject.
	 */
	void describe(NatsConnectionManager connections, String subject) {
		connections.describe(this.dispatcher, List.of(subject));
	}

	boolean isOn(Connection other) {
		return this.connection == other;
	}

	/**
	 * Unsubscribe, and hand over what has arrived. Blocks for a round trip to the server.
	 * @param timeout the bound of the round trip, and of the rest
	 * @return completed when the last message was handed over, or after the timeout
	 */
	CompletableFuture<Boolean> drain(Duration timeout) {
		try {
			if (this.connection.getStatus() == Connection.Status.CONNECTED) {
				return this.dispatcher.drain(timeout);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (IllegalStateException ex) {
			logger.debug("The connection is closed, or the dispatcher's thread has ended", ex);
		}
		close();
		return CompletableFuture.completedFuture(false);
	}

	void close() {
		try {
			this.connection.closeDispatcher(this.dispatcher);
		}
		catch (RuntimeException ex) {
			logger.debug("Dispatcher was closed with its connection", ex);
		}
	}

}

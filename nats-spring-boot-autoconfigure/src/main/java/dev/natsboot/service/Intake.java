package dev.natsboot.service;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;

import dev.natsboot.connection.DispatcherDrain;
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
	 * Unsubscribe, and hand over what has arrived. Blocks until that is done.
	 * @param idle whether the handler doesn't need the dispatcher's thread any more
	 * @param timeout the bound of the round trip to the server, and of the rest
	 */
	void drain(BooleanSupplier idle, Duration timeout) {
		DispatcherDrain drain = new DispatcherDrain(this.connection, this.dispatcher, idle, timeout);
		try {
			drain.await(System.nanoTime() + timeout.toNanos());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | IllegalStateException ex) {
			logger.debug("The connection was closed, or the dispatcher's thread had ended before", ex);
		}
		finally {
			if (!drain.isDraining()) {
				close();
			}
		}
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

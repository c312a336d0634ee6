package dev.natsboot.connection;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.Options;
import io.nats.client.api.ServerInfo;
import io.nats.client.impl.ErrorListenerLoggerImpl;
import io.nats.client.support.Status;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What the client tells about one connection. Runs on the client's callback thread and
 * never blocks. The application's own listeners, set by a customizer, are called too.
 */
class ClientCallbacks implements ConnectionListener, ErrorListener {

	private static final Log logger = LogFactory.getLog(NatsConnectionManager.class);

	private final ConnectFailures failures = new ConnectFailures();

	private final ConnectionEvents events;

	private final AdoptionListener listener;

	private final @Nullable ConnectionListener connectionListener;

	private final @Nullable ErrorListener errorListener;

	private volatile boolean adopted;

	ClientCallbacks(ConnectionEvents events, AdoptionListener listener, Options requested) {
		this.events = events;
		this.listener = listener;
		this.connectionListener = requested.getConnectionListener();
		ErrorListener errorListener = requested.getErrorListener();
		this.errorListener = (errorListener instanceof ErrorListenerLoggerImpl) ? null : errorListener;
	}

	ConnectFailures failures() {
		return this.failures;
	}

	/**
	 * From now on, failures are about a connection that is in use.
	 */
	void adopted() {
		this.adopted = true;
	}

	@Override
	@SuppressWarnings("deprecation")
	public void connectionEvent(Connection connection, Events type) {
		this.listener.connectionEvent(connection, type);
		if (this.connectionListener != null) {
			this.connectionListener.connectionEvent(connection, type);
		}
	}

	@Override
	public void connectionEvent(Connection connection, Events type, @Nullable Long time, @Nullable String uriDetails) {
		this.listener.connectionEvent(connection, type);
		if (this.connectionListener != null) {
			this.connectionListener.connectionEvent(connection, type, time, uriDetails);
		}
	}

	@Override
	public void errorOccurred(Connection connection, String error) {
		if (this.adopted) {
			this.events.serverError(error);
		}
		else {
			this.failures.serverSaid(error);
		}
		if (this.errorListener != null) {
			this.errorListener.errorOccurred(connection, error);
		}
	}

	@Override
	public void exceptionOccurred(Connection connection, Exception exception) {
		if (!this.adopted) {
			this.failures.add(exception);
			if (connection.getServerInfo() != ServerInfo.EMPTY_INFO) {
				this.failures.serverAnswered();
			}
		}
		else if (isNetwork(exception)) {
			this.events.state().error(String.valueOf(ConnectFailures.safe(exception).getMessage()));
			logger.debug("Connection trouble", ConnectFailures.safe(exception));
		}
		else {
			logger.warn("Exception on a NATS connection", ConnectFailures.safe(exception));
		}
		if (this.errorListener != null) {
			this.errorListener.exceptionOccurred(connection, exception);
		}
	}

	private static boolean isNetwork(Exception exception) {
		return exception instanceof IOException || exception instanceof TimeoutException
				|| exception instanceof CancellationException || exception instanceof ExecutionException;
	}

	@Override
	public void slowConsumerDetected(Connection connection, Consumer consumer) {
		this.events.counters().slowConsumer();
		this.events.slowConsumer(consumer);
		if (this.errorListener != null) {
			this.errorListener.slowConsumerDetected(connection, consumer);
		}
	}

	@Override
	public void messageDiscarded(Connection connection, Message message) {
		if (this.events.counters().discarded() == 1) {
			logger.warn("A message to '" + message.getSubject() + "' was discarded: the outgoing queue is full, or the "
					+ "publishing thread was interrupted; further ones are only counted");
		}
		if (this.errorListener != null) {
			this.errorListener.messageDiscarded(connection, message);
		}
	}

	@Override
	public void heartbeatAlarm(Connection connection, JetStreamSubscription subscription, long lastStreamSequence,
			long lastConsumerSequence) {
		logger.debug("No heartbeat from the consumer of '" + subscription.getSubject() + "'");
		if (this.errorListener != null) {
			this.errorListener.heartbeatAlarm(connection, subscription, lastStreamSequence, lastConsumerSequence);
		}
	}

	@Override
	public void unhandledStatus(Connection connection, JetStreamSubscription subscription, Status status) {
		logger.warn("Unexpected status for '" + subscription.getSubject() + "': " + status.getMessageWithCode());
		if (this.errorListener != null) {
			this.errorListener.unhandledStatus(connection, subscription, status);
		}
	}

	@Override
	public void pullStatusWarning(Connection connection, JetStreamSubscription subscription, Status status) {
		logger.debug("Pull for '" + subscription.getSubject() + "' answered: " + status.getMessageWithCode());
		if (this.errorListener != null) {
			this.errorListener.pullStatusWarning(connection, subscription, status);
		}
	}

	@Override
	public void pullStatusError(Connection connection, JetStreamSubscription subscription, Status status) {
		logger.warn("Pull for '" + subscription.getSubject() + "' failed: " + status.getMessageWithCode());
		if (this.errorListener != null) {
			this.errorListener.pullStatusError(connection, subscription, status);
		}
	}

	@Override
	public void flowControlProcessed(Connection connection, JetStreamSubscription subscription, String subject,
			FlowControlSource source) {
		if (this.errorListener != null) {
			this.errorListener.flowControlProcessed(connection, subscription, subject, source);
		}
	}

	@Override
	public void socketWriteTimeout(Connection connection) {
		logger.warn("Writing to the NATS server timed out, reconnecting");
		if (this.errorListener != null) {
			this.errorListener.socketWriteTimeout(connection);
		}
	}

	/**
	 * Told what happens to a connection.
	 */
	@FunctionalInterface
	interface AdoptionListener {

		void connectionEvent(Connection connection, Events type);

	}

}

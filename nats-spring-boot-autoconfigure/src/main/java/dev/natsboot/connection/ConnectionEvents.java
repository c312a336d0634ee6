package dev.natsboot.connection;

import java.util.function.Supplier;

import io.nats.client.Consumer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a connection, told to everybody who wants to know: the log, the state,
 * the listeners and the application's event listeners.
 */
class ConnectionEvents {

	private static final Log logger = LogFactory.getLog(NatsConnectionManager.class);

	private final NatsConnectionManager manager;

	private final StateHolder state;

	private final ListenerDispatch dispatch;

	private final Counters counters;

	ConnectionEvents(NatsConnectionManager manager, StateHolder state, ListenerDispatch dispatch, Counters counters) {
		this.manager = manager;
		this.state = state;
		this.dispatch = dispatch;
		this.counters = counters;
	}

	StateHolder state() {
		return this.state;
	}

	Counters counters() {
		return this.counters;
	}

	void adopted(Adoption adoption) {
		this.state.connected(adoption.connection());
		ConnectionState now = this.state.get();
		logger.info("Connected to NATS at " + now.url() + " (connection '" + this.manager.name() + "', server "
				+ now.serverName() + " " + now.serverVersion() + ", JetStream "
				+ (now.jetStream() ? "available" : "not available") + ")");
		this.dispatch.attachSoon();
		publish(() -> new NatsConnectedEvent(this.manager, now.url(), now.serverName(), now.serverVersion()));
	}

	void disconnected(Adoption adoption) {
		ConnectionState before = this.state.get();
		if (before.status() != ConnectionState.Status.CONNECTED) {
			this.state.failed(before.lastError());
			return;
		}
		this.state.status(ConnectionState.Status.RECONNECTING);
		String url = before.url();
		logger.warn("Lost the connection '" + this.manager.name() + "' to NATS at " + url + because(before.lastError())
				+ ", reconnecting");
		this.dispatch.disconnected(adoption);
		publish(() -> new NatsDisconnectedEvent(this.manager, url));
	}

	void reconnected(Adoption adoption) {
		this.state.connected(adoption.connection());
		String url = this.state.get().url();
		logger.info("Reconnected to NATS at " + url + " (connection '" + this.manager.name() + "')");
		publish(() -> new NatsReconnectedEvent(this.manager, url));
	}

	void resubscribed(Adoption adoption) {
		this.dispatch.resubscribed(adoption);
	}

	void closedForGood(Adoption adoption, boolean replaced) {
		String error = adoption.connection().getLastError();
		this.counters.closed(adoption.connection());
		if (replaced) {
			this.state.error(error);
			this.state.status(ConnectionState.Status.REPLACING);
		}
		else {
			this.state.stopped((error != null) ? error : "The connection was closed by the application");
		}
		String url = this.state.get().url();
		logger.warn("The connection '" + this.manager.name() + "' to NATS at " + url + " was closed" + because(error)
				+ (replaced ? "; making a new one" : ""));
		this.dispatch.closed(adoption);
		publish(() -> new NatsConnectionClosedEvent(this.manager, url, true));
	}

	void stopped(@Nullable Adoption adoption) {
		String url = this.state.get().url();
		this.state.stopped(null);
		if (adoption != null) {
			this.counters.closed(adoption.connection());
			logger.info("Closed the connection '" + this.manager.name() + "' to NATS at " + url);
			publish(() -> new NatsConnectionClosedEvent(this.manager, url, false));
		}
	}

	void lameDuck() {
		String url = this.state.get().url();
		logger.info("The NATS server at " + url + " is about to shut down (lame duck mode)");
		publish(() -> new NatsLameDuckEvent(this.manager, url));
	}

	void slowConsumer(Consumer consumer) {
		String subject = this.manager.subjects().of(consumer);
		long dropped = consumer.getDroppedCount();
		logger.warn("Slow consumer on connection '" + this.manager.name() + "': messages of "
				+ (subject.equals(NatsSlowConsumerEvent.DISPATCHER) ? "a dispatcher" : "'" + subject + "'")
				+ " arrive faster than they are handled, " + dropped + " dropped so far");
		String url = this.state.get().url();
		publish(() -> new NatsSlowConsumerEvent(this.manager, url, subject, dropped));
	}

	void serverError(String error) {
		String text = NatsUrls.withoutCredentials(error);
		this.state.error(text);
		logger.warn("The NATS server reported an error on connection '" + this.manager.name() + "': " + text);
		String url = this.state.get().url();
		publish(() -> new NatsServerErrorEvent(this.manager, url, text));
	}

	private static String because(@Nullable String error) {
		return (error != null) ? " (" + NatsUrls.withoutCredentials(error) + ")" : "";
	}

	private void publish(Supplier<NatsConnectionEvent> event) {
		this.manager.publish(event);
	}

}

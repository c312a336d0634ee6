package dev.natsboot.connection;

import java.util.function.Function;

import io.nats.client.Connection;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Owns one connection to NATS for the life of the application.
 */
public class NatsConnectionManager implements SmartLifecycle {

	/**
	 * The name that {@code connection} attributes and health use.
	 * @return the bean name of this manager
	 */
	public String name() {
		throw new UnsupportedOperationException();
	}

	/**
	 * A connection that can be injected before NATS is there and stays valid when the
	 * client's own is replaced.
	 * @return the proxy, always the same
	 */
	public Connection connection() {
		throw new UnsupportedOperationException();
	}

	/**
	 * The client's connection of this moment, for code that runs per message and doesn't
	 * want a proxy in its way.
	 * @return the connection, possibly reconnecting
	 * @throws NatsNotConnectedException when there was no connection yet, or it is being
	 * replaced
	 */
	public Connection current() {
		throw new UnsupportedOperationException();
	}

	/**
	 * As {@link #current()}, without the exception.
	 * @return the connection, or {@code null}
	 */
	public @Nullable Connection currentOrNull() {
		throw new UnsupportedOperationException();
	}

	/**
	 * A proxy for something that is made from a connection (a JetStream context, for
	 * instance) and has to be made again when the connection is replaced.
	 * @param <T> the type
	 * @param type the interface to implement
	 * @param factory makes the target from a live connection
	 * @return the proxy
	 */
	public <T> T follow(Class<T> type, Function<Connection, T> factory) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Have a listener follow this manager's connections. When there is a connection
	 * already, {@link ConnectionLifecycleListener#onConnected(Connection)} is called for
	 * it soon, on the manager's thread.
	 * @param listener the listener; those with an {@link org.springframework.core.Ordered
	 * order} come in that order
	 */
	public void addListener(ConnectionLifecycleListener listener) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Forget a listener.
	 * @param listener the listener
	 */
	public void removeListener(ConnectionLifecycleListener listener) {
		throw new UnsupportedOperationException();
	}

	/**
	 * What the connection is doing. Answers at once, without a call to the server.
	 * @return the state
	 */
	public ConnectionState state() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void start() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void stop() {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean isRunning() {
		throw new UnsupportedOperationException();
	}

}

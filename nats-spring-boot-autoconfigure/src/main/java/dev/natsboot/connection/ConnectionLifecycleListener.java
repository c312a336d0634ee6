package dev.natsboot.connection;

import io.nats.client.Connection;

/**
 * Follows the connections that a {@link NatsConnectionManager} makes. The callbacks run
 * one at a time, on a thread of the manager or on the thread that registers the listener
 * or starts the manager, never on a thread of the client, so they may block for a bounded
 * time and call the server. An exception that a callback throws is logged and doesn't
 * keep others from being called.
 */
public interface ConnectionLifecycleListener {

	/**
	 * A new connection is up: the first one, or the replacement of one that was closed
	 * for good. Subscriptions of an earlier connection are gone and have to be made
	 * again.
	 * @param connection the new connection
	 */
	default void onConnected(Connection connection) {
	}

	/**
	 * The connection was lost and is back, with its subscriptions in place. What the
	 * server forgot with the old connection (pull requests, for instance) has to be sent
	 * again.
	 * @param connection the connection, the same as before
	 */
	default void onResubscribed(Connection connection) {
	}

	/**
	 * The connection was lost; the client is trying to reconnect.
	 * @param connection the connection
	 */
	default void onDisconnected(Connection connection) {
	}

	/**
	 * The connection was closed for good without having been asked to: a replacement will
	 * follow with {@link #onConnected(Connection)}.
	 * @param connection the closed connection
	 */
	default void onClosed(Connection connection) {
	}

}

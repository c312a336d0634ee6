package dev.natsboot.connection;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import dev.natsboot.connection.ConnectionState.Status;
import io.nats.client.Connection;
import io.nats.client.api.ServerInfo;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the state that a manager shows.
 */
class StateHolder {

	private final AtomicReference<ConnectionState> state = new AtomicReference<>(
			new ConnectionState(Status.STOPPED, Instant.now(), null, null, null, false, null, 0));

	ConnectionState get() {
		return this.state.get();
	}

	void status(Status status) {
		this.state.updateAndGet((current) -> (current.status() != status)
				? with(current, status, Instant.now(), current.lastError(), current.attempts()) : current);
	}

	void stopped(@Nullable String error) {
		this.state.updateAndGet((current) -> with(current, Status.STOPPED, Instant.now(), error, 0));
	}

	void connected(Connection connection) {
		ServerInfo server = connection.getServerInfo();
		this.state.set(new ConnectionState(Status.CONNECTED, Instant.now(),
				NatsUrls.withoutCredentials(connection.getConnectedUrl()), server.getServerName(), server.getVersion(),
				server.isJetStreamAvailable(), null, 0));
	}

	/**
	 * An attempt to connect failed: counted, unless a connection is up meanwhile.
	 */
	int failed(@Nullable String error) {
		return this.state
			.updateAndGet((current) -> (current.status() != Status.CONNECTED)
					? with(current, current.status(), current.since(), error, current.attempts() + 1) : current)
			.attempts();
	}

	/**
	 * Something failed that doesn't say anything about the connection as a whole.
	 */
	void error(@Nullable String error) {
		this.state
			.updateAndGet((current) -> with(current, current.status(), current.since(), error, current.attempts()));
	}

	private static ConnectionState with(ConnectionState state, Status status, Instant since, @Nullable String error,
			int attempts) {
		return new ConnectionState(status, since, state.url(), state.serverName(), state.serverVersion(),
				state.jetStream(), NatsUrls.withoutCredentials(error), attempts);
	}

}

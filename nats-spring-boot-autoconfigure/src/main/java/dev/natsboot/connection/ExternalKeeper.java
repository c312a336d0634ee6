package dev.natsboot.connection;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import org.jspecify.annotations.Nullable;

/**
 * Watches a connection that belongs to the application: it is neither drained nor closed
 * nor replaced.
 */
class ExternalKeeper implements ConnectionKeeper {

	private final Adoption adoption;

	private final ConnectionEvents events;

	private final ConnectionListener listener = (connection, type) -> connectionEvent(type);

	private final AtomicBoolean adopted = new AtomicBoolean();

	private volatile boolean running;

	ExternalKeeper(Connection connection, ConnectionEvents events) {
		this.adoption = new Adoption(connection);
		this.events = events;
	}

	@Override
	public void start() {
		Connection connection = this.adoption.connection();
		this.running = true;
		connection.addConnectionListener(this.listener);
		switch (connection.getStatus()) {
			case CONNECTED -> adopted();
			case CLOSED -> closed();
			default -> this.events.state().status(ConnectionState.Status.CONNECTING);
		}
	}

	private void adopted() {
		if (!this.adopted.compareAndSet(false, true)) {
			return;
		}
		this.events.counters().opened();
		this.events.adopted(this.adoption);
	}

	private void connectionEvent(ConnectionListener.Events type) {
		switch (type) {
			case CONNECTED -> adopted();
			case DISCONNECTED -> this.events.disconnected(this.adoption);
			case RECONNECTED -> this.events.reconnected(this.adoption);
			case RESUBSCRIBED -> this.events.resubscribed(this.adoption);
			case LAME_DUCK -> this.events.lameDuck();
			case CLOSED -> closed();
			default -> {
			}
		}
	}

	private void closed() {
		if (this.running) {
			this.running = false;
			this.events.closedForGood(this.adoption, false);
		}
	}

	@Override
	public void stop(Duration drainTimeout) {
		boolean wasRunning = this.running;
		this.running = false;
		this.adoption.connection().removeConnectionListener(this.listener);
		if (wasRunning) {
			this.events.stopped(null);
		}
	}

	@Override
	public @Nullable Adoption current() {
		return this.running ? this.adoption : null;
	}

	@Override
	public String servers() {
		return NatsUrls.describe(this.adoption.connection().getOptions().getServers());
	}

}

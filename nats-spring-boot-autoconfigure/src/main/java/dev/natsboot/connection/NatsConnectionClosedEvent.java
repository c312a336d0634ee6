package dev.natsboot.connection;

import org.jspecify.annotations.Nullable;

/**
 * Published when a connection was closed, because the application stops or for good by
 * the client or the server.
 */
public class NatsConnectionClosedEvent extends NatsConnectionEvent {

	private static final long serialVersionUID = 1L;

	/**
	 * Whether nobody asked for it.
	 */
	private final boolean unexpected;

	NatsConnectionClosedEvent(NatsConnectionManager source, @Nullable String url, boolean unexpected) {
		super(source, url);
		this.unexpected = unexpected;
	}

	/**
	 * Whether nobody asked the manager to close it. A replacement follows with a
	 * {@link NatsConnectedEvent}, unless the connection is the application's own.
	 * @return {@code false} when the application stops
	 */
	public boolean isUnexpected() {
		return this.unexpected;
	}

}

package dev.natsboot.connection;

import org.jspecify.annotations.Nullable;

/**
 * Published when a connection was lost; the client is trying to reconnect.
 */
public class NatsDisconnectedEvent extends NatsConnectionEvent {

	private static final long serialVersionUID = 1L;

	NatsDisconnectedEvent(NatsConnectionManager source, @Nullable String url) {
		super(source, url);
	}

}

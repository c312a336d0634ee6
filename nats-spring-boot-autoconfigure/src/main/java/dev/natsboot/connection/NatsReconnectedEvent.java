package dev.natsboot.connection;

import org.jspecify.annotations.Nullable;

/**
 * Published when a connection that was lost is back.
 */
public class NatsReconnectedEvent extends NatsConnectionEvent {

	private static final long serialVersionUID = 1L;

	NatsReconnectedEvent(NatsConnectionManager source, @Nullable String url) {
		super(source, url);
	}

}

package dev.natsboot.connection;

import org.jspecify.annotations.Nullable;

/**
 * Published when the server announced that it is going to shut down (lame duck mode).
 */
public class NatsLameDuckEvent extends NatsConnectionEvent {

	private static final long serialVersionUID = 1L;

	NatsLameDuckEvent(NatsConnectionManager source, @Nullable String url) {
		super(source, url);
	}

}

package dev.natsboot.connection;

import org.jspecify.annotations.Nullable;

/**
 * Published when the server reported an error that belongs to no call: a permissions
 * violation, for instance.
 */
public class NatsServerErrorEvent extends NatsConnectionEvent {

	private static final long serialVersionUID = 1L;

	/**
	 * What the server said.
	 */
	private final String error;

	NatsServerErrorEvent(NatsConnectionManager source, @Nullable String url, String error) {
		super(source, url);
		this.error = error;
	}

	/**
	 * What the server said.
	 * @return its text
	 */
	public String getError() {
		return this.error;
	}

}

package dev.natsboot.connection;

import org.jspecify.annotations.Nullable;

/**
 * Published when a new connection is up: the first one, or the replacement of one that
 * was closed for good.
 */
public class NatsConnectedEvent extends NatsConnectionEvent {

	private static final long serialVersionUID = 1L;

	/**
	 * The server's name.
	 */
	private final @Nullable String serverName;

	/**
	 * The server's version.
	 */
	private final @Nullable String serverVersion;

	NatsConnectedEvent(NatsConnectionManager source, @Nullable String url, @Nullable String serverName,
			@Nullable String serverVersion) {
		super(source, url);
		this.serverName = serverName;
		this.serverVersion = serverVersion;
	}

	/**
	 * The server's name.
	 * @return the name, or {@code null} when the server has none
	 */
	public @Nullable String getServerName() {
		return this.serverName;
	}

	/**
	 * The server's version.
	 * @return the version, for instance {@code 2.9.10}
	 */
	public @Nullable String getServerVersion() {
		return this.serverVersion;
	}

}

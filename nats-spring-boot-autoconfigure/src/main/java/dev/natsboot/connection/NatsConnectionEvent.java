package dev.natsboot.connection;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEvent;

/**
 * Something happened to a connection. Published in the order in which it happened, on the
 * manager's thread; contains no credentials.
 */
public abstract class NatsConnectionEvent extends ApplicationEvent {

	private static final long serialVersionUID = 1L;

	/**
	 * The connection's name.
	 */
	private final String connectionName;

	/**
	 * The address of the server.
	 */
	private final @Nullable String url;

	NatsConnectionEvent(NatsConnectionManager source, @Nullable String url) {
		super(source);
		this.connectionName = source.name();
		this.url = url;
	}

	/**
	 * The connection's name.
	 * @return the bean name of its {@link NatsConnectionManager}
	 */
	public String getConnectionName() {
		return this.connectionName;
	}

	/**
	 * The server.
	 * @return the address of the server that the connection is or was last connected to,
	 * or {@code null} when there was none yet
	 */
	public @Nullable String getUrl() {
		return this.url;
	}

	@Override
	public String toString() {
		return getClass().getSimpleName() + "[connection=" + this.connectionName + ", url=" + this.url + "]";
	}

}

package dev.natsboot.connection;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a connection is doing. Contains no credentials.
 *
 * @param status what it is doing
 * @param since when that began
 * @param url the server that it is or was last connected to, or {@code null} before the
 * first connection
 * @param serverName the server's name, or {@code null} before the first connection
 * @param serverVersion the server's version, or {@code null} before the first connection
 * @param jetStream whether the server offers JetStream
 * @param lastError the last failure's text without credentials, or {@code null}
 * @param attempts how many attempts to connect have failed in a row, 0 while connected
 */
public record ConnectionState(Status status, Instant since, @Nullable String url, @Nullable String serverName,
		@Nullable String serverVersion, boolean jetStream, @Nullable String lastError, int attempts) {

	/**
	 * What a connection is doing.
	 */
	public enum Status {

		/** Not started, or stopped on purpose. */
		STOPPED,

		/** Never connected so far, and trying. */
		CONNECTING,

		/** Connected. */
		CONNECTED,

		/** Was connected, and the client is trying to be again. */
		RECONNECTING,

		/** Was closed for good by the client, and a replacement is being made. */
		REPLACING

	}

}

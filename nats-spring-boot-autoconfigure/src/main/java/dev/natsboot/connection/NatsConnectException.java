package dev.natsboot.connection;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when no NATS server could be connected to. Neither its text nor its causes
 * contain credentials.
 */
public class NatsConnectException extends NatsNotConnectedException {

	private static final long serialVersionUID = 1L;

	/**
	 * Why there is no connection.
	 */
	private final Reason reason;

	/**
	 * The servers that were tried.
	 */
	private final String servers;

	/**
	 * What the client or the server said.
	 */
	private final @Nullable String detail;

	/**
	 * Create an exception.
	 * @param reason why there is no connection
	 * @param servers the servers that were tried, without credentials
	 * @param detail what the client or the server said, without credentials, or
	 * {@code null} when they said nothing
	 * @param cause the failure, or {@code null} when there is no exception that tells
	 * more
	 */
	public NatsConnectException(Reason reason, String servers, @Nullable String detail, @Nullable Throwable cause) {
		super("Unable to connect to NATS at " + servers + " (" + reason.text() + ((detail != null) ? ": " + detail : "")
				+ ")", cause);
		this.reason = reason;
		this.servers = servers;
		this.detail = detail;
	}

	/**
	 * Why there is no connection.
	 * @return the reason
	 */
	public Reason getReason() {
		return this.reason;
	}

	/**
	 * The servers that were tried.
	 * @return their addresses, without credentials, separated by commas
	 */
	public String getServers() {
		return this.servers;
	}

	/**
	 * What the client or the server said.
	 * @return the text without credentials, or {@code null}
	 */
	public @Nullable String getDetail() {
		return this.detail;
	}

	/**
	 * Why a connection couldn't be made.
	 */
	public enum Reason {

		/** Nothing listens at the address. */
		REFUSED("connection refused"),

		/** The host's name can't be resolved. */
		UNKNOWN_HOST("unknown host"),

		/** The server didn't answer within the connection timeout. */
		TIMEOUT("no answer within the connection timeout"),

		/** The server didn't accept the credentials. */
		AUTHENTICATION("the server refused the credentials"),

		/** The server's certificate isn't signed by a trusted authority. */
		TLS_UNTRUSTED("the server's certificate isn't trusted"),

		/** The server's certificate is for another host. */
		TLS_HOST_NAME("the server's certificate is for another host name"),

		/** The server accepts only TLS, and the client has no TLS configured. */
		TLS_REQUIRED("the server requires TLS"),

		/** The client wants TLS, and the server doesn't offer it. */
		TLS_NOT_OFFERED("the server doesn't offer TLS"),

		/** The TLS handshake failed for another reason. */
		TLS_HANDSHAKE("the TLS handshake failed"),

		/** Something else. */
		OTHER("connecting failed");

		private final String text;

		Reason(String text) {
			this.text = text;
		}

		String text() {
			return this.text;
		}

	}

}

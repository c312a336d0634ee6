package dev.natsboot.deadletter;

import dev.natsboot.core.NatsException;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter could not be read, sent back or deleted. It is still there, unless the
 * message says something else.
 */
public class DeadLetterException extends NatsException {

	private static final long serialVersionUID = 1L;

	/** The server's error code, or 0. */
	private final int apiErrorCode;

	/**
	 * Create an exception.
	 * @param message says what did not happen, why, and what to do
	 * @param apiErrorCode the server's error code, or 0 when the server gave none
	 * @param cause the client's exception, or {@code null} when there is none
	 */
	public DeadLetterException(String message, int apiErrorCode, @Nullable Throwable cause) {
		super(message, cause);
		this.apiErrorCode = apiErrorCode;
	}

	/**
	 * The server's error code, for example 10060 when another stream than that of the
	 * original message captures its subject.
	 * @return the code, or 0 when the server gave none
	 */
	public int getApiErrorCode() {
		return this.apiErrorCode;
	}

}

package dev.natsboot.connection;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when something needs a NATS connection and there is none yet, or none any more.
 */
public class NatsNotConnectedException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception.
	 * @param message says which connection is missing and, when known, why
	 * @param cause the last failure to connect, or {@code null} when there was none
	 */
	public NatsNotConnectedException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}

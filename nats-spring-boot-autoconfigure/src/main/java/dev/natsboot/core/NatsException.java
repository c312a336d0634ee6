package dev.natsboot.core;

import org.jspecify.annotations.Nullable;

/**
 * Something asked of NATS did not happen. The base of this library's exceptions.
 */
public class NatsException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception.
	 * @param message says what did not happen and why
	 * @param cause the client's exception, or {@code null} when there is none
	 */
	public NatsException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}

package dev.natsboot.core;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A request was sent and no reply came in time. Whether it was handled is unknown.
 */
public class NatsRequestTimeoutException extends NatsException {

	private static final long serialVersionUID = 1L;

	/** The subject of the request. */
	private final String subject;

	/** How long a reply was waited for. */
	private final Duration timeout;

	/**
	 * Create an exception.
	 * @param subject the subject of the request
	 * @param timeout how long a reply was waited for
	 * @param cause the client's exception, or {@code null} when there is none
	 */
	public NatsRequestTimeoutException(String subject, Duration timeout, @Nullable Throwable cause) {
		super("No reply to the request on subject '" + subject + "' within " + timeout.toMillis() + " ms", cause);
		this.subject = subject;
		this.timeout = timeout;
	}

	/**
	 * The subject of the request.
	 * @return the subject
	 */
	public String getSubject() {
		return this.subject;
	}

	/**
	 * How long a reply was waited for.
	 * @return the timeout
	 */
	public Duration getTimeout() {
		return this.timeout;
	}

}

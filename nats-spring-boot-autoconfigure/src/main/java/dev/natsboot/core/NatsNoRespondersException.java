package dev.natsboot.core;

import org.jspecify.annotations.Nullable;

/**
 * Nobody subscribes to the subject of a request. The server says so at once.
 */
public class NatsNoRespondersException extends NatsException {

	private static final long serialVersionUID = 1L;

	/** The subject of the request. */
	private final String subject;

	/**
	 * Create an exception.
	 * @param subject the subject of the request
	 * @param cause the client's exception, or {@code null} when there is none
	 */
	public NatsNoRespondersException(String subject, @Nullable Throwable cause) {
		super("Nobody answers requests on subject '" + subject + "': no subscription at this moment", cause);
		this.subject = subject;
	}

	/**
	 * The subject of the request.
	 * @return the subject
	 */
	public String getSubject() {
		return this.subject;
	}

}

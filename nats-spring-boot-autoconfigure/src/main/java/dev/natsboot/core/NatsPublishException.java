package dev.natsboot.core;

import org.jspecify.annotations.Nullable;

/**
 * JetStream did not confirm that it stored a message. After a timeout it may have stored
 * it nevertheless; publishing again with the same message id is safe within the stream's
 * duplicate window.
 */
public class NatsPublishException extends NatsException {

	private static final long serialVersionUID = 1L;

	/** The subject of the message. */
	private final String subject;

	/** The message's id. */
	private final @Nullable String messageId;

	/** The server's error code, or 0. */
	private final int apiErrorCode;

	/**
	 * Create an exception.
	 * @param subject the subject of the message
	 * @param messageId the message's id, or {@code null} when it wasn't given one yet
	 * @param apiErrorCode the server's error code, or 0 when the server gave none
	 * @param reason says what went wrong and what to do
	 * @param cause the client's exception, or {@code null} when there is none
	 */
	public NatsPublishException(String subject, @Nullable String messageId, int apiErrorCode, String reason,
			@Nullable Throwable cause) {
		super("Publishing to subject '" + subject + "' failed: " + reason, cause);
		this.subject = subject;
		this.messageId = messageId;
		this.apiErrorCode = apiErrorCode;
	}

	/**
	 * The subject of the message.
	 * @return the subject
	 */
	public String getSubject() {
		return this.subject;
	}

	/**
	 * The id to publish the message again with.
	 * @return the message's id, or {@code null} when it wasn't given one yet
	 */
	public @Nullable String getMessageId() {
		return this.messageId;
	}

	/**
	 * The server's error code, for example 10071 for a wrong expected sequence.
	 * @return the code, or 0 when the server gave none
	 */
	public int getApiErrorCode() {
		return this.apiErrorCode;
	}

}

package dev.natsboot.listener;

/**
 * The headers that a dead letter has in addition to those of the original message.
 */
public final class DeadLetterHeaders {

	/** The subject of the original message. */
	public static final String SUBJECT = "Dead-Letter-Subject";

	/** The stream of the original message. */
	public static final String STREAM = "Dead-Letter-Stream";

	/** The consumer whose listener gave up. */
	public static final String CONSUMER = "Dead-Letter-Consumer";

	/** The id of the listener that gave up. */
	public static final String LISTENER = "Dead-Letter-Listener";

	/** The sequence of the original message in its stream. */
	public static final String SEQUENCE = "Dead-Letter-Sequence";

	/** When the original message was stored, in ISO 8601. */
	public static final String TIME = "Dead-Letter-Time";

	/** How often the message was delivered to the listener. */
	public static final String DELIVERIES = "Dead-Letter-Deliveries";

	/** The type of the exception, a class name. */
	public static final String EXCEPTION = "Dead-Letter-Exception";

	/**
	 * The text of the exception: one line of printable ASCII, at most 1000 characters.
	 */
	public static final String TEXT = "Dead-Letter-Text";

	/** The {@code Nats-Msg-Id} of the original message, when it had one. */
	public static final String MESSAGE_ID = "Dead-Letter-Message-Id";

	private DeadLetterHeaders() {
	}

}

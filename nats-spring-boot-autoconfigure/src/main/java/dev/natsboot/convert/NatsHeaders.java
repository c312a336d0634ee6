package dev.natsboot.convert;

/**
 * Names of headers: those that Spring's message headers get from a NATS message, with the
 * prefix {@value #PREFIX}, and those that travel with a message and mean something to
 * NATS or to this library.
 */
public final class NatsHeaders {

	/**
	 * The prefix of the headers that are made of a message's properties. Headers with
	 * this prefix are never sent.
	 */
	public static final String PREFIX = "nats_";

	/**
	 * The subject that the message was published to, a {@code String}.
	 */
	public static final String SUBJECT = PREFIX + "subject";

	/**
	 * The subject to reply to, a {@code String}. Absent when no reply is expected, and
	 * for JetStream messages.
	 */
	public static final String REPLY_TO = PREFIX + "replyTo";

	/**
	 * The stream that delivered the message, a {@code String}. Absent for core messages.
	 */
	public static final String STREAM = PREFIX + "stream";

	/**
	 * The consumer that delivered the message, a {@code String}. Absent for core
	 * messages.
	 */
	public static final String CONSUMER = PREFIX + "consumer";

	/**
	 * The message's number in its stream, a {@code Long}. Absent for core messages.
	 */
	public static final String STREAM_SEQUENCE = PREFIX + "streamSequence";

	/**
	 * The number of this delivery among all of the consumer, a {@code Long}. Absent for
	 * core messages.
	 */
	public static final String CONSUMER_SEQUENCE = PREFIX + "consumerSequence";

	/**
	 * How many times the message has been delivered, this time included, a {@code Long}.
	 * Absent for core messages.
	 */
	public static final String DELIVERY_COUNT = PREFIX + "deliveryCount";

	/**
	 * How many further messages the server had for the consumer when it sent this one, a
	 * {@code Long}. Absent for core messages.
	 */
	public static final String PENDING_MESSAGES = PREFIX + "pendingMessages";

	/**
	 * When the server stored the message, an {@link java.time.Instant}. Absent for core
	 * messages.
	 */
	public static final String TIMESTAMP = PREFIX + "timestamp";

	/**
	 * The message as the client received it, an {@link io.nats.client.Message}.
	 */
	public static final String NATIVE_MESSAGE = PREFIX + "nativeMessage";

	/**
	 * The media type of the payload. Absent for strings and bytes.
	 */
	public static final String CONTENT_TYPE = "Content-Type";

	/**
	 * The message's identity: a stream stores a second message with the same one within
	 * its duplicate window once.
	 */
	public static final String MESSAGE_ID = "Nats-Msg-Id";

	/**
	 * The {@link #MESSAGE_ID} that a message had when it was published for the first
	 * time. A dead letter that was sent back to its subject has it: its own
	 * {@code Nats-Msg-Id} is another one, as the stream would drop the original's as a
	 * duplicate. Whoever recognises duplicates by an identity takes this one first.
	 */
	public static final String ORIGINAL_MESSAGE_ID = "Original-Message-Id";

	/**
	 * The stream that has to store the message; another one refuses it.
	 */
	public static final String EXPECTED_STREAM = "Nats-Expected-Stream";

	/**
	 * The number of the last message that the stream has to have.
	 */
	public static final String EXPECTED_LAST_SEQUENCE = "Nats-Expected-Last-Sequence";

	/**
	 * The number of the last message that the stream has to have for the same subject; 0
	 * when there must be none.
	 */
	public static final String EXPECTED_LAST_SUBJECT_SEQUENCE = "Nats-Expected-Last-Subject-Sequence";

	/**
	 * The identity of the last message that the stream has to have.
	 */
	public static final String EXPECTED_LAST_MESSAGE_ID = "Nats-Expected-Last-Msg-Id";

	/**
	 * How long the stream keeps the message, for example {@code 10m}; needs nats-server
	 * 2.11 and a stream that allows it.
	 */
	public static final String TTL = "Nats-TTL";

	/**
	 * The numeric code of an error reply (ADR-32).
	 */
	public static final String SERVICE_ERROR_CODE = "Nats-Service-Error-Code";

	/**
	 * The text of an error reply (ADR-32).
	 */
	public static final String SERVICE_ERROR = "Nats-Service-Error";

	private NatsHeaders() {
	}

}

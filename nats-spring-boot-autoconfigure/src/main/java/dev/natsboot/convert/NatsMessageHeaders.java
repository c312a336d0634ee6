package dev.natsboot.convert;

import java.time.Instant;
import java.util.List;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsJetStreamMetaData;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a message besides its payload. Usable as a parameter of a listener or
 * request handler method; costs nothing until it is asked.
 */
public final class NatsMessageHeaders {

	private final Message message;

	private final int attempts;

	/**
	 * Create the headers of a message.
	 * @param message the message as it was received
	 */
	public NatsMessageHeaders(Message message) {
		this(message, 0);
	}

	/**
	 * Create the headers of a message that was handled before without a new delivery.
	 * @param message the message as it was received
	 * @param attempts how often its handler failed since it was received
	 */
	public NatsMessageHeaders(Message message, int attempts) {
		this.message = message;
		this.attempts = attempts;
	}

	/**
	 * The subject that the message was published to.
	 * @return the subject, without wildcards
	 */
	public String subject() {
		return this.message.getSubject();
	}

	/**
	 * The subject to reply to.
	 * @return the subject, or {@code null} when no reply is expected, and for JetStream
	 * messages, where the server uses that field for acknowledgements
	 */
	public @Nullable String replyTo() {
		return isJetStream() ? null : this.message.getReplyTo();
	}

	/**
	 * Whether the message came from a stream.
	 * @return {@code true} for a JetStream message, {@code false} for a core message
	 */
	public boolean isJetStream() {
		return this.message.isJetStream();
	}

	/**
	 * The stream that delivered the message.
	 * @return the stream, or {@code null} for a core message
	 */
	public @Nullable String stream() {
		NatsJetStreamMetaData metaData = metaData();
		return (metaData != null) ? metaData.getStream() : null;
	}

	/**
	 * The consumer that delivered the message.
	 * @return the consumer, or {@code null} for a core message
	 */
	public @Nullable String consumer() {
		NatsJetStreamMetaData metaData = metaData();
		return (metaData != null) ? metaData.getConsumer() : null;
	}

	/**
	 * The message's number in its stream.
	 * @return the number from 1, or 0 for a core message
	 */
	public long streamSequence() {
		NatsJetStreamMetaData metaData = metaData();
		return (metaData != null) ? metaData.streamSequence() : 0;
	}

	/**
	 * The number of this delivery among all of the consumer.
	 * @return the number from 1, or 0 for a core message
	 */
	public long consumerSequence() {
		NatsJetStreamMetaData metaData = metaData();
		return (metaData != null) ? metaData.consumerSequence() : 0;
	}

	/**
	 * How many times the message has been delivered, this time included. A listener that
	 * keeps messages in order by a key tries again without a new delivery: each attempt
	 * counts as one.
	 * @return the count from 1, or 0 for a core message
	 */
	public long deliveryCount() {
		NatsJetStreamMetaData metaData = metaData();
		return (metaData != null) ? metaData.deliveredCount() + this.attempts : 0;
	}

	/**
	 * How many further messages the server had for the consumer when it sent this one.
	 * @return the count, or 0 for a core message
	 */
	public long pendingMessages() {
		NatsJetStreamMetaData metaData = metaData();
		return (metaData != null) ? metaData.pendingCount() : 0;
	}

	/**
	 * When the server stored the message.
	 * @return the time, or {@code null} for a core message
	 */
	public @Nullable Instant timestamp() {
		NatsJetStreamMetaData metaData = metaData();
		return (metaData != null) ? metaData.timestamp().toInstant() : null;
	}

	/**
	 * The message's identity, from the header {@value NatsHeaders#MESSAGE_ID}.
	 * @return the identity, or {@code null} when the publisher set none
	 */
	public @Nullable String messageId() {
		return header(NatsHeaders.MESSAGE_ID);
	}

	/**
	 * The identity that the message had when it was published for the first time: the
	 * header {@value NatsHeaders#ORIGINAL_MESSAGE_ID} of a dead letter that was sent back
	 * to its subject, and {@value NatsHeaders#MESSAGE_ID} of every other message. The one
	 * to recognise duplicates by.
	 * @return the id, or {@code null} when the message has none
	 */
	public @Nullable String originalMessageId() {
		String original = header(NatsHeaders.ORIGINAL_MESSAGE_ID);
		return (original != null) ? original : messageId();
	}

	/**
	 * The media type of the payload, from the header {@value NatsHeaders#CONTENT_TYPE}.
	 * @return the media type, or {@code null} when the publisher set none
	 */
	public @Nullable String contentType() {
		return header(NatsHeaders.CONTENT_TYPE);
	}

	/**
	 * The first value of a header.
	 * @param name the header's name; the same name in other case is found too
	 * @return the value, or {@code null} when there is none
	 */
	public @Nullable String header(String name) {
		return first(this.message.getHeaders(), name);
	}

	/**
	 * All values of a header.
	 * @param name the header's name; the same name in other case is found too
	 * @return the values, empty when there are none
	 */
	public List<String> headers(String name) {
		Headers headers = this.message.getHeaders();
		if (headers == null) {
			return List.of();
		}
		List<String> values = headers.get(name);
		if (values == null) {
			values = headers.getIgnoreCase(name);
		}
		return (values != null) ? List.copyOf(values) : List.of();
	}

	/**
	 * All headers.
	 * @return the headers, empty when there are none
	 */
	public Headers headers() {
		Headers headers = this.message.getHeaders();
		return (headers != null) ? headers : new Headers();
	}

	private @Nullable NatsJetStreamMetaData metaData() {
		return isJetStream() ? this.message.metaData() : null;
	}

	static @Nullable String first(@Nullable Headers headers, String name) {
		if (headers == null) {
			return null;
		}
		String value = headers.getFirst(name);
		if (value != null) {
			return value;
		}
		List<String> values = headers.getIgnoreCase(name);
		return (values != null && !values.isEmpty()) ? values.get(0) : null;
	}

	@Override
	public String toString() {
		return isJetStream() ? subject() + " (" + stream() + " " + streamSequence() + ")" : subject();
	}

}

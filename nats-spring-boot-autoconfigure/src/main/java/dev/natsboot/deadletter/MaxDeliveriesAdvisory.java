package dev.natsboot.deadletter;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;

import io.nats.client.support.JsonParseException;
import io.nats.client.support.JsonParser;
import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils;
import org.jspecify.annotations.Nullable;

/**
 * What the server says when it stops delivering a message: type
 * {@code io.nats.jetstream.advisory.v1.max_deliver}.
 *
 * @param stream the message's stream
 * @param consumer the consumer that had it
 * @param sequence the message's sequence in the stream
 * @param deliveries how often it was delivered
 * @param time when the server said so, or {@code null} if it didn't say
 */
record MaxDeliveriesAdvisory(String stream, String consumer, long sequence, long deliveries,
		@Nullable ZonedDateTime time) {

	private static final String SUBJECT = "$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.";

	/**
	 * The subject of all such advisories.
	 */
	static final String ALL = SUBJECT + ">";

	static String subject(String stream, String consumer) {
		return SUBJECT + stream + "." + consumer;
	}

	/**
	 * Read an advisory.
	 * @return {@code null} when it is none
	 */
	static @Nullable MaxDeliveriesAdvisory parse(byte[] json) {
		try {
			JsonValue value = JsonParser.parse(json);
			String stream = JsonValueUtils.readString(value, "stream");
			String consumer = JsonValueUtils.readString(value, "consumer");
			long sequence = JsonValueUtils.readLong(value, "stream_seq", 0);
			return (stream != null && consumer != null && sequence > 0) ? new MaxDeliveriesAdvisory(stream, consumer,
					sequence, JsonValueUtils.readLong(value, "deliveries", 0),
					JsonValueUtils.readDate(value, "timestamp")) : null;
		}
		catch (JsonParseException | DateTimeException ex) {
			return null;
		}
	}

	/**
	 * Whether a message was stored after this was said: in a stream that was made anew,
	 * which gives the sequences to other messages.
	 */
	boolean isOlderThan(Instant stored) {
		return this.time != null && this.time.toInstant().isBefore(stored);
	}

}

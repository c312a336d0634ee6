package dev.natsboot.deadletter;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import dev.natsboot.core.PublishAcks;
import dev.natsboot.convert.NatsHeaders;
import dev.natsboot.listener.MessagePlace;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Publishes dead letters to where they came from.
 */
final class DeadLetterSender {

	private static final int NO_STREAM = 503;

	private static final int ANOTHER_STREAM = 10060;

	private final Connection connection;

	private final JetStreamOptions options;

	DeadLetterSender(Connection connection, JetStreamOptions options) {
		this.connection = connection;
		this.options = options;
	}

	/**
	 * Publish to the original subject, and return when the original stream has stored the
	 * message.
	 */
	Redrive send(DeadLetter letter) {
		Headers headers = headers(letter);
		if (letter.stream() != null) {
			headers.put(NatsHeaders.EXPECTED_STREAM, letter.stream());
		}
		return send(letter, original(letter), headers);
	}

	/**
	 * Publish, and return when a stream has stored the message.
	 */
	Redrive send(DeadLetter letter, String subject) {
		return send(letter, subject, headers(letter));
	}

	private Redrive send(DeadLetter letter, String subject, Headers headers) {
		PublishAck ack = publish(letter, subject, headers);
		return new Redrive(letter.id(), subject, ack.getStream(), ack.getSeqno(), ack.isDuplicate());
	}

	private static String original(DeadLetter letter) {
		if (letter.subject() == null) {
			throw new RefusedException(
					"Dead letter " + letter.id() + " doesn't say to which subject it belongs: it "
							+ "was too large for its headers. Name one, for example redrive(id, \"orders.created.v1\")",
					0, null);
		}
		return letter.subject();
	}

	/**
	 * The same id for the same dead letter, and another one for every other.
	 */
	static String messageId(DeadLetter letter) {
		long nanos = TimeUnit.SECONDS.toNanos(letter.time().getEpochSecond()) + letter.time().getNano();
		return "redrive:" + letter.id() + ":" + nanos;
	}

	private static Headers headers(DeadLetter letter) {
		Headers headers = new Headers();
		letter.headers().forEach(headers::put);
		headers.put(NatsHeaders.MESSAGE_ID, messageId(letter));
		String original = originalId(letter);
		if (original != null) {
			headers.put(NatsHeaders.ORIGINAL_MESSAGE_ID, original);
		}
		return headers;
	}

	/**
	 * What consumers that had handled the message know it by.
	 */
	private static @Nullable String originalId(DeadLetter letter) {
		if (letter.messageId() != null || letter.sequence() == null || letter.originalTime() == null) {
			return letter.messageId();
		}
		return MessagePlace.of(letter.sequence(), letter.originalTime());
	}

	private PublishAck publish(DeadLetter letter, String subject, Headers headers) {
		try {
			return PublishAcks
				.requireStored(this.connection.jetStream(this.options).publish(subject, headers, letter.data()));
		}
		catch (JetStreamApiException ex) {
			throw refused(letter, subject, ex.getMessage() + hint(letter, ex.getApiErrorCode()), ex.getApiErrorCode(),
					ex);
		}
		catch (IOException | IllegalStateException ex) {
			if (String.valueOf(ex.getMessage()).contains(" " + NO_STREAM + " ")) {
				throw refused(letter, subject, "no stream captures this subject", NO_STREAM, ex);
			}
			throw new DeadLetterException(
					"Publishing dead letter " + letter.id() + " to '" + subject
							+ "' was not confirmed, and it may be stored there: " + ex.getMessage()
							+ ". Redrive it again, within the duplicate window of the stream nothing is stored twice",
					0, ex);
		}
		catch (IllegalArgumentException ex) {
			throw refused(letter, subject, String.valueOf(ex.getMessage()), 0, ex);
		}
	}

	private static String hint(DeadLetter letter, int code) {
		return (code == ANOTHER_STREAM)
				? ": the subject belongs to another stream than '" + letter.stream() + "' now; name it to send it there"
				: "";
	}

	private static RefusedException refused(DeadLetter letter, String subject, String reason, int code, Exception ex) {
		return new RefusedException(
				"Dead letter " + letter.id() + " can't be published to '" + subject + "', and stays: " + reason, code,
				ex);
	}

	/**
	 * It is this dead letter, others may do.
	 */
	static final class RefusedException extends DeadLetterException {

		private static final long serialVersionUID = 1L;

		RefusedException(String message, int apiErrorCode, @Nullable Exception cause) {
			super(message, apiErrorCode, cause);
		}

	}

}

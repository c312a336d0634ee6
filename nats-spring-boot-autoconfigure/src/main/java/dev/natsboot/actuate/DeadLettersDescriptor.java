package dev.natsboot.actuate;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.natsboot.deadletter.DeadLetter;
import dev.natsboot.deadletter.DeadLetterPage;
import dev.natsboot.deadletter.DeadLetterReport;
import dev.natsboot.deadletter.DeadLetterSummary;
import dev.natsboot.deadletter.Redrive;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Answer of {@code GET /actuator/natsdeadletters}.
 *
 * @param streams the number of messages in each dead-letter stream
 * @param listeners the number of dead letters of each listener, by its id
 * @param complete whether all dead letters were looked at for these numbers
 * @param deadLetters those that were asked for
 * @param next where the next page begins, or {@code null} when there is none
 */
public record DeadLettersDescriptor(Map<String, Long> streams, Map<String, Long> listeners, boolean complete,
		List<Letter> deadLetters, @Nullable String next) implements OperationResponseBody {

	static DeadLettersDescriptor of(DeadLetterSummary summary, DeadLetterPage page) {
		return new DeadLettersDescriptor(summary.streams(), summary.listeners(), summary.complete(),
				page.deadLetters().stream().map(Letter::of).toList(),
				(page.next() != null) ? page.next().toString() : null);
	}

	/**
	 * A dead letter without its content.
	 *
	 * @param id identifies it
	 * @param time when it became one
	 * @param subject the subject of the original message
	 * @param stream the stream of the original message
	 * @param consumer the consumer that delivered it
	 * @param listener the listener that gave up
	 * @param sequence the sequence of the original message
	 * @param originalTime when the original message was stored
	 * @param deliveries how often it was delivered
	 * @param exception the exception's class
	 * @param text the exception's text
	 * @param messageId the id of the original message
	 */
	public record Letter(String id, Instant time, @Nullable String subject, @Nullable String stream,
			@Nullable String consumer, @Nullable String listener, @Nullable Long sequence,
			@Nullable Instant originalTime, @Nullable Long deliveries, @Nullable String exception,
			@Nullable String text, @Nullable String messageId) {

		static Letter of(DeadLetter letter) {
			return new Letter(letter.id().toString(), letter.time(), letter.subject(), letter.stream(),
					letter.consumer(), letter.listener(), letter.sequence(), letter.originalTime(), letter.deliveries(),
					letter.exception(), letter.text(), letter.messageId());
		}

	}

	/**
	 * A dead letter with its content.
	 *
	 * @param deadLetter what is known of it
	 * @param headers the headers of the original message
	 * @param size the size of its body in bytes
	 * @param body the body, when it is text in UTF-8
	 * @param base64 the body, when it isn't
	 */
	public record Detail(Letter deadLetter, Map<String, List<String>> headers, int size, @Nullable String body,
			@Nullable String base64) implements OperationResponseBody {

		static Detail of(DeadLetter letter) {
			String text = text(letter.data());
			return new Detail(Letter.of(letter), letter.headers(), letter.data().length, text,
					(text == null) ? Base64.getEncoder().encodeToString(letter.data()) : null);
		}

		private static @Nullable String text(byte[] data) {
			try {
				return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
			}
			catch (CharacterCodingException ex) {
				return null;
			}
		}

	}

	/**
	 * A dead letter that was sent back.
	 *
	 * @param id what identified it
	 * @param subject where it was published
	 * @param stream the stream that has it now
	 * @param sequence its sequence there
	 * @param repeated whether an earlier attempt had published it
	 */
	public record Redriven(String id, String subject, String stream, long sequence,
			boolean repeated) implements OperationResponseBody {

		static Redriven of(Redrive redrive) {
			return new Redriven(redrive.id().toString(), redrive.subject(), redrive.stream(), redrive.sequence(),
					redrive.repeated());
		}

	}

	/**
	 * What became of dead letters.
	 *
	 * @param done how many were sent back, or dropped
	 * @param failed how many stay
	 * @param failures why, by id, for the first hundred of them
	 * @param stopped why not all were looked at, or {@code null} when they were
	 */
	public record Report(long done, long failed, Map<String, String> failures,
			@Nullable String stopped) implements OperationResponseBody {

		static Report of(DeadLetterReport report) {
			Map<String, String> failures = new LinkedHashMap<>();
			report.failures().forEach((id, reason) -> failures.put(id.toString(), reason));
			return new Report(report.done(), report.failed(), failures, report.stopped());
		}

	}

}

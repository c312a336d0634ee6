package dev.natsboot.deadletter;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A message that was given up. What is {@code null} isn't known: a dead letter that was
 * too large for its headers has fewer of them, or none.
 *
 * @param id where it is stored
 * @param time when it was stored there
 * @param storedSubject the subject under which it is stored
 * @param subject the subject of the original message
 * @param stream the stream of the original message
 * @param consumer the consumer that delivered it
 * @param listener the id of the listener that gave up
 * @param sequence the sequence of the original message in its stream
 * @param originalTime when the original message was stored
 * @param deliveries how often it was delivered
 * @param exception why it was given up, the name of an exception's class
 * @param text the text of the exception
 * @param messageId the id of the original message
 * @param headers the headers of the original message, without those of the server
 * ({@code Nats-…})
 * @param data the body of the original message
 */
public record DeadLetter(DeadLetterId id, Instant time, String storedSubject, @Nullable String subject,
		@Nullable String stream, @Nullable String consumer, @Nullable String listener, @Nullable Long sequence,
		@Nullable Instant originalTime, @Nullable Long deliveries, @Nullable String exception, @Nullable String text,
		@Nullable String messageId, Map<String, List<String>> headers, byte[] data) {
}

package dev.natsboot.deadletter;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import dev.natsboot.listener.DeadLetterHeaders;
import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads dead letters from what is stored.
 */
final class DeadLetterReader {

	private static final String PREFIX = "dead-letter-";

	private DeadLetterReader() {
	}

	static boolean hasFacts(StoredMessage message) {
		return message.headers().keySet().stream().anyMatch(DeadLetterReader::isFact);
	}

	private static boolean isFact(String header) {
		return header.toLowerCase(Locale.ROOT).startsWith(PREFIX);
	}

	static DeadLetter read(String stream, StoredMessage message) {
		Headers headers = message.headers();
		return new DeadLetter(new DeadLetterId(stream, message.sequence()), message.time(), message.subject(),
				headers.getFirst(DeadLetterHeaders.SUBJECT), headers.getFirst(DeadLetterHeaders.STREAM),
				headers.getFirst(DeadLetterHeaders.CONSUMER), headers.getFirst(DeadLetterHeaders.LISTENER),
				number(headers.getFirst(DeadLetterHeaders.SEQUENCE)), time(headers.getFirst(DeadLetterHeaders.TIME)),
				number(headers.getFirst(DeadLetterHeaders.DELIVERIES)), headers.getFirst(DeadLetterHeaders.EXCEPTION),
				headers.getFirst(DeadLetterHeaders.TEXT), headers.getFirst(DeadLetterHeaders.MESSAGE_ID),
				originals(headers), message.data());
	}

	/**
	 * What the original message had.
	 */
	private static Map<String, List<String>> originals(Headers headers) {
		Map<String, List<String>> originals = new TreeMap<>();
		headers.forEach((name, values) -> {
			if (!isFact(name) && !name.toLowerCase(Locale.ROOT).startsWith("nats-")) {
				originals.put(name, new ArrayList<>(values));
			}
		});
		return originals;
	}

	private static @Nullable Long number(@Nullable String text) {
		try {
			return (text != null) ? Long.valueOf(text) : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	private static @Nullable Instant time(@Nullable String text) {
		try {
			return (text != null) ? Instant.parse(text) : null;
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

}

package dev.natsboot.listener;

import java.time.Duration;
import java.util.regex.Pattern;

import dev.natsboot.core.Durations;
import dev.natsboot.core.NatsSubjects;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Refuses the values of an endpoint that the server or the client would refuse again and
 * again.
 */
final class EndpointChecks {

	private static final Pattern NAME = Pattern.compile("[!-~&&[^.*>/\\\\]]+");

	private EndpointChecks() {
	}

	static void name(String id, String attribute, @Nullable String value) {
		Assert.isTrue(value == null || NAME.matcher(value).matches(),
				() -> text(id, attribute, value) + " such a name is of ASCII characters without blanks, dots, *, >, / "
						+ "and \\, for example " + attribute + " = \"orders-v1\"");
	}

	static void queue(String id, @Nullable String value) {
		Assert.isTrue(value == null || NatsSubjects.isQueueGroup(value),
				() -> text(id, "queue", value) + " a queue group is of ASCII characters without blanks, * and >, with "
						+ "single dots only between others, for example queue = \"payment\"");
	}

	static void deadLetterSubject(String id, @Nullable String value) {
		try {
			DeadLetterContent.requireTemplate(value);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(text(id, "deadLetterSubject", value) + " " + ex.getMessage(), ex);
		}
	}

	static void maxAckPending(String id, @Nullable Long value) {
		Assert.isTrue(value == null || value > 0 || value == -1, () -> text(id, "maxAckPending", value)
				+ " 1 or more is possible, or -1 for no limit, for example maxAckPending = \"1000\"");
	}

	static void positive(String id, String attribute, @Nullable Duration value, String example) {
		Assert.isTrue(value == null || !(value.isZero() || value.isNegative()), () -> text(id, attribute, value)
				+ " the time must be longer than 0, for example " + attribute + " = \"" + example + "\"");
	}

	static void notNegative(String id, String attribute, Duration value, String example) {
		Assert.isTrue(!value.isNegative(), () -> text(id, attribute, value)
				+ " the time must be 0 or longer, for example " + attribute + " = \"" + example + "\"");
	}

	/**
	 * A mark is set when the container knows that the handler has succeeded.
	 */
	static void idempotence(String id, @Nullable Idempotence value, @Nullable String stream, AckMode ackMode,
			ConsumerType type) {
		Assert.isTrue(value == null || stream != null, () -> "Listener '" + id
				+ "': 'idempotency' needs JetStream, as a core subscription delivers nothing again: set 'stream', for "
				+ "example stream = \"ORDERS\"");
		Assert.isTrue(
				value == null || ((ackMode == AckMode.AUTO || ackMode == AckMode.ALL) && type != ConsumerType.ORDERED),
				() -> "Listener '" + id
						+ "': 'idempotency' needs ackMode = \"auto\" or \"all\" and a pull or push consumer, but 'ackMode' is "
						+ ackMode + " and the consumer " + type);
	}

	private static String text(String id, String attribute, @Nullable Object value) {
		Object written = (value instanceof Duration duration) ? Durations.text(duration) : value;
		return "Listener '" + id + "': '" + attribute + "' is '" + written + "', but";
	}

}

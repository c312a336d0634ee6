package dev.natsboot.listener;

import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import dev.natsboot.convert.NatsHeaders;
import dev.natsboot.core.NatsSubjects;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsJetStreamMetaData;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A message that was given up, and all that is known about how that came: what a dead
 * letter is made of.
 *
 * @param subject the subject of the message
 * @param stream the stream of the message
 * @param consumer the consumer that delivered it
 * @param sequence the sequence of the message in its stream
 * @param time when the message was stored
 * @param headers the headers of the message, or {@code null} when it has none
 * @param data the body of the message
 * @param listener the id of the listener that gave up
 * @param deliveries how often the message was delivered
 * @param exception why it was given up, the name of an exception's class
 * @param text the text of the exception, or {@code null} when there is none
 */
public record DeadLetterContent(String subject, String stream, String consumer, long sequence, Instant time,
		@Nullable Headers headers, byte[] data, String listener, long deliveries, String exception,
		@Nullable String text) {

	private static final int MAX_TEXT = 1000;

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{(stream|consumer|subject|listener|sequence)}");

	static DeadLetterContent of(ListenerFailure failure) {
		Message message = failure.message();
		NatsJetStreamMetaData meta = message.metaData();
		return new DeadLetterContent(message.getSubject(), meta.getStream(), meta.getConsumer(), meta.streamSequence(),
				meta.timestamp().toInstant(), message.getHeaders(), message.getData(), failure.endpoint().id(),
				failure.deliveries(), failure.cause().getClass().getName(), failure.cause().getMessage());
	}

	/**
	 * The {@code Nats-Msg-Id} of the dead letter: one for each original and consumer, as
	 * the original's own would be taken for a duplicate in a stream that has it. The time
	 * tells a stream from an earlier one of the same name.
	 * @return the id, of stream, consumer, sequence and nanoseconds since 1970
	 */
	public String id() {
		long nanos = TimeUnit.SECONDS.toNanos(this.time.getEpochSecond()) + this.time.getNano();
		return "dlq:" + this.stream + ":" + this.consumer + ":" + this.sequence + ":" + nanos;
	}

	/**
	 * Where the dead letter goes.
	 * @param template a subject with the place-holders {@code {stream}},
	 * {@code {consumer}}, {@code {subject}}, {@code {listener}} and {@code {sequence}}
	 * @return the subject
	 */
	public String subject(String template) {
		return template.replace("{stream}", this.stream)
			.replace("{consumer}", this.consumer)
			.replace("{subject}", this.subject)
			.replace("{listener}", this.listener)
			.replace("{sequence}", Long.toString(this.sequence));
	}

	/**
	 * Check where dead letters are to go.
	 * @param template the subject as for {@link #subject(String)}, {@code null} for none
	 * @throws IllegalArgumentException when it has other place-holders, or nothing can be
	 * published to such a subject
	 */
	public static void requireTemplate(@Nullable String template) {
		if (template == null) {
			return;
		}
		String example = PLACEHOLDER.matcher(template).replaceAll("x");
		Assert.isTrue(example.indexOf('{') < 0,
				"place-holders are {stream}, {consumer}, {subject}, {listener} and {sequence}");
		NatsSubjects.requirePublishable(example);
	}

	/**
	 * Whether the dead letter would be published to where its message came from, or the
	 * message is a dead letter of the same listener. One that was sent back to its
	 * original subject is a message like others.
	 * @param template the subject as for {@link #subject(String)}
	 * @return {@code true} when there must be no dead letter
	 */
	public boolean isCircular(String template) {
		return subject(template).equals(this.subject) || isOwn();
	}

	private boolean isOwn() {
		return this.headers != null
				&& printable(this.listener).equals(this.headers.getFirst(DeadLetterHeaders.LISTENER))
				&& !printable(this.subject).equals(this.headers.getFirst(DeadLetterHeaders.SUBJECT));
	}

	Headers allHeaders() {
		Headers all = new Headers();
		copy(this.headers, all);
		all.put(DeadLetterHeaders.TEXT, line(this.text));
		origin(all);
		return all;
	}

	/**
	 * What remains where the message and all its headers are larger than the server
	 * allows.
	 */
	Headers fewHeaders() {
		Headers few = new Headers();
		origin(few);
		return few;
	}

	private void origin(Headers to) {
		to.put(NatsHeaders.MESSAGE_ID, id());
		to.put(DeadLetterHeaders.SUBJECT, printable(this.subject));
		to.put(DeadLetterHeaders.STREAM, this.stream);
		to.put(DeadLetterHeaders.CONSUMER, this.consumer);
		to.put(DeadLetterHeaders.LISTENER, printable(this.listener));
		to.put(DeadLetterHeaders.SEQUENCE, Long.toString(this.sequence));
		to.put(DeadLetterHeaders.TIME, this.time.toString());
		to.put(DeadLetterHeaders.DELIVERIES, Long.toString(this.deliveries));
		to.put(DeadLetterHeaders.EXCEPTION, printable(this.exception));
		String messageId = originalMessageId();
		if (messageId != null) {
			to.put(DeadLetterHeaders.MESSAGE_ID, messageId);
		}
	}

	private @Nullable String originalMessageId() {
		if (this.headers == null) {
			return null;
		}
		String original = this.headers.getFirst(NatsHeaders.ORIGINAL_MESSAGE_ID);
		return (original != null) ? original : this.headers.getFirst(NatsHeaders.MESSAGE_ID);
	}

	/**
	 * Headers of the server (Nats-…) would act on the dead-letter stream, and those of an
	 * earlier dead letter are replaced.
	 */
	private static void copy(@Nullable Headers from, Headers to) {
		if (from == null) {
			return;
		}
		from.forEach((name, values) -> {
			String lower = name.toLowerCase(Locale.ROOT);
			if (!lower.startsWith("nats-") && !lower.startsWith("dead-letter-")) {
				to.put(name, values);
			}
		});
	}

	/**
	 * A header's value may have neither line breaks nor characters beyond ASCII.
	 */
	private static String printable(String text) {
		return text.replaceAll("[^\\t -~]", "?");
	}

	private static String line(@Nullable String text) {
		if (text == null) {
			return "";
		}
		return printable(text.substring(0, Math.min(text.length(), MAX_TEXT)).replaceAll("\\s+", " ")).trim();
	}

}

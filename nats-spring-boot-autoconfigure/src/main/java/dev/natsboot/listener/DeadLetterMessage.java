package dev.natsboot.listener;

import java.util.Locale;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsJetStreamMetaData;
import org.jspecify.annotations.Nullable;

/**
 * Makes the headers, the subject and the id of a dead letter.
 */
final class DeadLetterMessage {

	private static final int MAX_TEXT = 1000;

	private DeadLetterMessage() {
	}

	/**
	 * One id for each original and consumer: the original's own would be taken for a
	 * duplicate in a stream that has it.
	 */
	static String id(Message message) {
		NatsJetStreamMetaData meta = message.metaData();
		return "dlq:" + meta.getStream() + ":" + meta.getConsumer() + ":" + meta.streamSequence();
	}

	static String subject(String template, ListenerFailure failure) {
		NatsJetStreamMetaData meta = failure.message().metaData();
		return template.replace("{stream}", meta.getStream())
			.replace("{consumer}", meta.getConsumer())
			.replace("{subject}", failure.message().getSubject())
			.replace("{listener}", failure.endpoint().id())
			.replace("{sequence}", Long.toString(meta.streamSequence()));
	}

	static Headers headers(ListenerFailure failure) {
		Headers headers = new Headers();
		copy(failure.message().getHeaders(), headers);
		NatsJetStreamMetaData meta = failure.message().metaData();
		headers.put(DeadLetterHeaders.SUBJECT, failure.message().getSubject());
		headers.put(DeadLetterHeaders.STREAM, meta.getStream());
		headers.put(DeadLetterHeaders.CONSUMER, meta.getConsumer());
		headers.put(DeadLetterHeaders.LISTENER, failure.endpoint().id());
		headers.put(DeadLetterHeaders.SEQUENCE, Long.toString(meta.streamSequence()));
		headers.put(DeadLetterHeaders.TIME, meta.timestamp().toString());
		headers.put(DeadLetterHeaders.DELIVERIES, Long.toString(failure.deliveries()));
		headers.put(DeadLetterHeaders.EXCEPTION, failure.cause().getClass().getName());
		headers.put(DeadLetterHeaders.TEXT, printable(failure.cause().getMessage()));
		return headers;
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
		String messageId = from.getFirst("Nats-Msg-Id");
		if (messageId != null) {
			to.put(DeadLetterHeaders.MESSAGE_ID, messageId);
		}
	}

	/**
	 * A header's value may have neither line breaks nor characters beyond ASCII.
	 */
	private static String printable(@Nullable String text) {
		if (text == null) {
			return "";
		}
		String bounded = text.substring(0, Math.min(text.length(), MAX_TEXT));
		return bounded.replaceAll("\\s+", " ").replaceAll("[^ -~]", "?").trim();
	}

}

package dev.natsboot.listener;

import java.util.Locale;

import dev.natsboot.convert.NatsHeaders;
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

	/**
	 * A subject as dead letters of the endpoint may have it.
	 */
	static String example(String template, NatsListenerEndpoint endpoint) {
		String pattern = endpoint.subjects().isEmpty() ? "x" : endpoint.subjects().get(0);
		return template.replace("{stream}", String.valueOf(endpoint.stream()))
			.replace("{consumer}", (endpoint.consumer() != null) ? endpoint.consumer() : "x")
			.replace("{subject}", pattern.replace('*', 'x').replace('>', 'x'))
			.replace("{listener}", endpoint.id())
			.replace("{sequence}", "1");
	}

	/**
	 * Whether the message is a dead letter of the same listener. One that was sent back
	 * to its original subject is a message like others.
	 */
	static boolean isOwn(ListenerFailure failure) {
		Headers headers = failure.message().getHeaders();
		return headers != null
				&& printable(failure.endpoint().id()).equals(headers.getFirst(DeadLetterHeaders.LISTENER))
				&& !printable(failure.message().getSubject()).equals(headers.getFirst(DeadLetterHeaders.SUBJECT));
	}

	static Headers headers(ListenerFailure failure) {
		Headers headers = new Headers();
		copy(failure.message().getHeaders(), headers);
		headers.put(DeadLetterHeaders.TEXT, line(failure.cause().getMessage()));
		origin(failure, headers);
		return headers;
	}

	/**
	 * What remains where the message and all its headers are larger than the server
	 * allows.
	 */
	static Headers fewHeaders(ListenerFailure failure) {
		Headers headers = new Headers();
		origin(failure, headers);
		return headers;
	}

	private static void origin(ListenerFailure failure, Headers headers) {
		NatsJetStreamMetaData meta = failure.message().metaData();
		headers.put(NatsHeaders.MESSAGE_ID, id(failure.message()));
		headers.put(DeadLetterHeaders.SUBJECT, printable(failure.message().getSubject()));
		headers.put(DeadLetterHeaders.STREAM, meta.getStream());
		headers.put(DeadLetterHeaders.CONSUMER, meta.getConsumer());
		headers.put(DeadLetterHeaders.LISTENER, printable(failure.endpoint().id()));
		headers.put(DeadLetterHeaders.SEQUENCE, Long.toString(meta.streamSequence()));
		headers.put(DeadLetterHeaders.TIME, meta.timestamp().toString());
		headers.put(DeadLetterHeaders.DELIVERIES, Long.toString(failure.deliveries()));
		headers.put(DeadLetterHeaders.EXCEPTION, printable(failure.cause().getClass().getName()));
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
		String messageId = from.getFirst(NatsHeaders.MESSAGE_ID);
		if (messageId != null) {
			to.put(DeadLetterHeaders.MESSAGE_ID, messageId);
		}
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

package dev.natsboot.convert;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.util.MimeType;

/**
 * NATS headers to Spring's message headers and back. Nothing here runs unless a handler
 * method asks for Spring's types or a publisher gives them.
 */
public final class NatsMessageMapper {

	private NatsMessageMapper() {
	}

	/**
	 * Make Spring's message of a NATS message.
	 * @param <T> the payload's type
	 * @param message the message as it was received
	 * @param payload the converted payload
	 * @return the message with all headers
	 */
	public static <T> org.springframework.messaging.Message<T> toSpringMessage(Message message, T payload) {
		return MessageBuilder.createMessage(payload, toMessageHeaders(message));
	}

	/**
	 * Make Spring's headers of a NATS message: its own headers by their names (several
	 * values as a list), {@code contentType}, and the {@link NatsHeaders} of its
	 * properties.
	 * @param message the message as it was received
	 * @return the headers
	 */
	public static MessageHeaders toMessageHeaders(Message message) {
		Map<String, Object> target = toMap(message.getHeaders());
		NatsMessageHeaders source = new NatsMessageHeaders(message);
		putIfPresent(target, MessageHeaders.CONTENT_TYPE, source.contentType());
		target.put(NatsHeaders.NATIVE_MESSAGE, message);
		target.put(NatsHeaders.SUBJECT, source.subject());
		putIfPresent(target, NatsHeaders.REPLY_TO, source.replyTo());
		if (source.isJetStream()) {
			putIfPresent(target, NatsHeaders.STREAM, source.stream());
			putIfPresent(target, NatsHeaders.CONSUMER, source.consumer());
			target.put(NatsHeaders.STREAM_SEQUENCE, source.streamSequence());
			target.put(NatsHeaders.CONSUMER_SEQUENCE, source.consumerSequence());
			target.put(NatsHeaders.DELIVERY_COUNT, source.deliveryCount());
			target.put(NatsHeaders.PENDING_MESSAGES, source.pendingMessages());
			putIfPresent(target, NatsHeaders.TIMESTAMP, source.timestamp());
		}
		return new MessageHeaders(target);
	}

	/**
	 * Make a map of NATS headers.
	 * @param headers the headers, or {@code null} when there are none
	 * @return a new map: a string for a single value, a list of strings for several
	 */
	public static Map<String, Object> toMap(@Nullable Headers headers) {
		Map<String, Object> map = new HashMap<>();
		if (headers != null) {
			headers
				.forEach((name, values) -> map.put(name, (values.size() == 1) ? values.get(0) : List.copyOf(values)));
		}
		return map;
	}

	/**
	 * Copy headers, values included: a copy that the client makes shares the lists of
	 * values, and a value that is added to the one later makes the other a malformed
	 * message.
	 * @param headers the headers, or {@code null} when there are none
	 * @return new headers, or {@code null} when there are none
	 */
	public static @Nullable Headers copy(@Nullable Headers headers) {
		if (headers == null) {
			return null;
		}
		Headers copy = new Headers();
		headers.forEach(copy::put);
		return copy;
	}

	/**
	 * Make NATS headers of a map.
	 * @param headers names and values, or {@code null} when there are none; a collection
	 * becomes several values, {@code null} and names that begin with
	 * {@value NatsHeaders#PREFIX} are left out, and everything else is sent as its text.
	 * Spring's {@link MessageHeaders} are read as {@link #toNatsHeaders(MessageHeaders)}
	 * does
	 * @return new headers, or {@code null} when there are none to send
	 * @throws IllegalArgumentException when NATS can't carry a name or value: values are
	 * ASCII without line breaks
	 */
	public static @Nullable Headers toNatsHeaders(@Nullable Map<String, ?> headers) {
		if (headers instanceof MessageHeaders spring) {
			return toNatsHeaders(spring);
		}
		if (headers == null || headers.isEmpty()) {
			return null;
		}
		Headers target = new Headers();
		headers.forEach((name, value) -> addUnlessOwn(target, name, value));
		return target.isEmpty() ? null : target;
	}

	/**
	 * Make NATS headers of Spring's: all that are simple values (strings, numbers, dates,
	 * UUIDs …) or lists of them, {@code contentType} as
	 * {@value NatsHeaders#CONTENT_TYPE}, without {@code id}, {@code timestamp} and those
	 * that begin with {@value NatsHeaders#PREFIX}.
	 * @param headers Spring's headers
	 * @return new headers, or {@code null} when there are none to send
	 * @throws IllegalArgumentException when NATS can't carry a name or value
	 */
	public static @Nullable Headers toNatsHeaders(MessageHeaders headers) {
		Map<String, Object> sent = new HashMap<>();
		headers.forEach(whenSendable(sent::put));
		Object contentType = headers.get(MessageHeaders.CONTENT_TYPE);
		if (contentType != null) {
			sent.put(NatsHeaders.CONTENT_TYPE, contentType);
		}
		return toNatsHeaders(sent);
	}

	private static BiConsumer<String, Object> whenSendable(BiConsumer<String, Object> action) {
		return (name, value) -> {
			if (!isReserved(name) && isSimple(value)) {
				action.accept(name, value);
			}
		};
	}

	private static boolean isReserved(String name) {
		return name.startsWith(NatsHeaders.PREFIX) || name.equals(MessageHeaders.ID)
				|| name.equals(MessageHeaders.TIMESTAMP) || name.equals(MessageHeaders.CONTENT_TYPE)
				|| name.equals(MessageHeaders.REPLY_CHANNEL) || name.equals(MessageHeaders.ERROR_CHANNEL);
	}

	private static boolean isSimple(Object value) {
		if (value instanceof Collection<?> values) {
			return values.stream().allMatch((element) -> element != null && isSimple(element));
		}
		return value instanceof MimeType || BeanUtils.isSimpleValueType(value.getClass());
	}

	private static void addUnlessOwn(Headers target, String name, @Nullable Object value) {
		if (!name.startsWith(NatsHeaders.PREFIX)) {
			add(target, name, value);
		}
	}

	private static void add(Headers target, String name, @Nullable Object value) {
		if (value instanceof Collection<?> values) {
			values.forEach((element) -> add(target, name, element));
		}
		else if (value != null) {
			addText(target, name, value.toString());
		}
	}

	private static void addText(Headers target, String name, String value) {
		try {
			target.add(name, value);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("Header '" + name + "' can't be sent: a name is printable ASCII without "
					+ "':', a value is ASCII without line breaks. Encode other values, for example with "
					+ "URLEncoder.encode(value, UTF_8)", ex);
		}
	}

	private static void putIfPresent(Map<String, Object> target, String name, @Nullable Object value) {
		if (value != null) {
			target.put(name, value);
		}
	}

}

package dev.natsboot.convert;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.converter.SmartMessageConverter;
import org.springframework.messaging.support.MessageHeaderAccessor;

/**
 * Payloads by way of Spring's messages, for converters whose formats aren't known.
 */
class SpringMessageCodec {

	private final MessageConverter converter;

	SpringMessageCodec(MessageConverter converter) {
		this.converter = converter;
	}

	PayloadReader reader(Type type) {
		Class<?> raw = ResolvableType.forType(type).toClass();
		TypeHint hint = new TypeHint(type);
		return (message) -> {
			Object payload = read(message, raw, hint);
			if (payload == null) {
				throw Conversions.unreadable(type, message,
						"no converter reads this type from content type "
								+ NatsMessageHeaders.first(message.getHeaders(), NatsHeaders.CONTENT_TYPE)
								+ "; declare a MessageConverter bean named 'natsMessageConverter' that does",
						null);
			}
			return payload;
		};
	}

	private @Nullable Object read(Message message, Class<?> raw, TypeHint hint) {
		org.springframework.messaging.Message<byte[]> source = NatsMessageMapper.toSpringMessage(message,
				message.getData());
		try {
			return (this.converter instanceof SmartMessageConverter smart) ? smart.fromMessage(source, raw, hint)
					: this.converter.fromMessage(source, raw);
		}
		catch (RuntimeException ex) {
			throw Conversions.unreadable(hint.getGenericParameterType(), message, Conversions.reason(ex), ex);
		}
	}

	EncodedPayload encode(Object payload, @Nullable Headers headers) {
		org.springframework.messaging.Message<?> message = this.converter.toMessage(payload, messageHeaders(headers));
		if (message == null) {
			throw Conversions.unwritable(payload,
					"no converter writes this type as content type "
							+ NatsMessageHeaders.first(headers, NatsHeaders.CONTENT_TYPE)
							+ "; declare a MessageConverter bean named 'natsMessageConverter' that does",
					null);
		}
		return new EncodedPayload(bytes(message.getPayload()), NatsMessageMapper.toNatsHeaders(message.getHeaders()));
	}

	private static MessageHeaders messageHeaders(@Nullable Headers headers) {
		MessageHeaderAccessor accessor = new MessageHeaderAccessor();
		accessor.copyHeaders(NatsMessageMapper.toMap(headers));
		String contentType = NatsMessageHeaders.first(headers, NatsHeaders.CONTENT_TYPE);
		if (contentType != null) {
			accessor.setHeader(MessageHeaders.CONTENT_TYPE, contentType);
		}
		return accessor.toMessageHeaders();
	}

	private static byte[] bytes(Object body) {
		if (body instanceof byte[] bytes) {
			return bytes;
		}
		if (body instanceof String text) {
			return text.getBytes(StandardCharsets.UTF_8);
		}
		throw new MessageConversionException("The message converter must write byte[] or String, not "
				+ body.getClass().getName() + ": call setSerializedPayloadClass(byte[].class) on it");
	}

}

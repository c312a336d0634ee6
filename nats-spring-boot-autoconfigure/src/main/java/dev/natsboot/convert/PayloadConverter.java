package dev.natsboot.convert;

import java.lang.reflect.Type;

import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.converter.MessageConversionException;

/**
 * Payloads to bytes and back. Strings and byte arrays travel as they are; everything else
 * goes through a Spring {@link org.springframework.messaging.converter.MessageConverter}
 * that the application can replace.
 */
public interface PayloadConverter {

	/**
	 * Plan how payloads of a type are read.
	 * @param targetType the type to read, possibly generic
	 * @return a reader to use for every message
	 */
	PayloadReader readerFor(Type targetType);

	/**
	 * Encode a payload.
	 * @param payload the payload; {@code null} becomes an empty body
	 * @param headers the headers to send along, or {@code null}; a {@code Content-Type}
	 * among them chooses the format, and where there is none one is added when the format
	 * needs it. The given object isn't changed
	 * @return bytes and headers, which may be unmodifiable
	 * @throws MessageConversionException when no converter can write the payload
	 */
	EncodedPayload encode(@Nullable Object payload, @Nullable Headers headers) throws MessageConversionException;

}

package dev.natsboot.convert;

import io.nats.client.Message;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.converter.MessageConversionException;

/**
 * Reads payloads of one type. A reader is planned once, when an endpoint is registered,
 * and used for every message.
 */
@FunctionalInterface
public interface PayloadReader {

	/**
	 * Read the payload of a message.
	 * @param message the message as it was received
	 * @return the payload, or {@code null} when the message has an empty body, the type
	 * isn't a string or an array, and the content type isn't that of protobuf, where a
	 * message whose fields are all at their defaults has an empty body
	 * @throws MessageConversionException when the bytes aren't what the type and the
	 * content type promise
	 */
	@Nullable Object read(Message message) throws MessageConversionException;

}

package dev.natsboot.convert;

import java.lang.reflect.Type;

import io.nats.client.Message;
import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.messaging.converter.MessageConversionException;

/**
 * The exceptions of this package. They never quote a payload.
 */
final class Conversions {

	private Conversions() {
	}

	static MessageConversionException unreadable(Type type, Message message, String reason, @Nullable Throwable cause) {
		return create("Can't read a " + type.getTypeName() + " from the message on subject '" + message.getSubject()
				+ "': " + reason, cause);
	}

	static MessageConversionException unwritable(Object payload, String reason, @Nullable Throwable cause) {
		return create("Can't write a " + payload.getClass().getName() + ": " + reason, cause);
	}

	static String reason(RuntimeException ex) {
		return NestedExceptionUtils.getMostSpecificCause(ex).getClass().getSimpleName();
	}

	private static MessageConversionException create(String text, @Nullable Throwable cause) {
		return (cause != null) ? new MessageConversionException(text, cause) : new MessageConversionException(text);
	}

}

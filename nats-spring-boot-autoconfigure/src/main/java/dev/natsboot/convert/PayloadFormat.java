package dev.natsboot.convert;

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

/**
 * A format that is read and written without Spring's message types.
 */
interface PayloadFormat {

	/**
	 * Whether objects of a class travel in this format.
	 */
	boolean supports(Class<?> type);

	/**
	 * Whether a content type names this format.
	 */
	boolean accepts(String contentType);

	/**
	 * The content type that is sent with this format.
	 */
	String contentType();

	/**
	 * Whether an empty body with the content type is a value.
	 */
	default boolean canBeEmpty() {
		return false;
	}

	/**
	 * Plan how a type is read.
	 */
	Decoder decoder(Type type);

	/**
	 * Write an object.
	 * @throws MalformedPayloadException when that isn't possible
	 */
	byte[] write(Object payload) throws MalformedPayloadException;

	/**
	 * Reads bytes of this format as one type.
	 */
	@FunctionalInterface
	interface Decoder {

		@Nullable Object decode(byte[] data) throws MalformedPayloadException;

	}

	/**
	 * Says why bytes can't be read or an object can't be written, without quoting either.
	 */
	class MalformedPayloadException extends Exception {

		private static final long serialVersionUID = 1L;

		MalformedPayloadException(String reason, @Nullable Throwable cause) {
			super(reason, cause);
		}

	}

}

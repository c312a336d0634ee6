package dev.natsboot.core;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * An error as NATS services report it (ADR-32): a code and a text, in the headers
 * {@code Nats-Service-Error-Code} and {@code Nats-Service-Error} of the reply. A request
 * that was answered so ends with this exception; a request handler that throws it answers
 * so.
 */
public class NatsServiceErrorException extends NatsException {

	private static final long serialVersionUID = 1L;

	/** The service's code, or 0. */
	private final int code;

	/** The service's text. */
	private final String error;

	/** The body of the error reply. */
	private final byte[] body;

	private final transient @Nullable Function<Class<?>, @Nullable Object> bodyReader;

	/**
	 * Create an exception for a request handler to throw.
	 * @param code the code, by convention as in HTTP: 400 for a bad request, 404 for
	 * something that doesn't exist, 500 for a failure
	 * @param error the text, for people
	 */
	public NatsServiceErrorException(int code, String error) {
		this(code + " " + error, code, error, new byte[0], null);
	}

	NatsServiceErrorException(String message, int code, String error, byte[] body,
			@Nullable Function<Class<?>, @Nullable Object> bodyReader) {
		super(message, null);
		this.code = code;
		this.error = error;
		this.body = body;
		this.bodyReader = bodyReader;
	}

	/**
	 * The code that the service gave.
	 * @return the code, or 0 when what it gave is no number
	 */
	public int getCode() {
		return this.code;
	}

	/**
	 * The text that the service gave.
	 * @return the text, possibly empty
	 */
	public String getError() {
		return this.error;
	}

	/**
	 * The body of the error reply.
	 * @return the bytes, empty when there are none
	 */
	public byte[] getBody() {
		return this.body.clone();
	}

	/**
	 * The body of the error reply, converted as a reply would have been.
	 * @param <T> the type
	 * @param type the type to read
	 * @return the object, or {@code null} when the body is empty
	 * @throws org.springframework.messaging.converter.MessageConversionException when the
	 * body is something else
	 * @throws IllegalStateException when the exception was not made by a request, or was
	 * serialized since; strings and bytes can be read nevertheless
	 */
	public <T> @Nullable T getBodyAs(Class<T> type) {
		if (type == byte[].class) {
			return type.cast(getBody());
		}
		if (type == String.class) {
			return type.cast(new String(this.body, StandardCharsets.UTF_8));
		}
		if (this.bodyReader == null) {
			throw new IllegalStateException("The body of this error can be read as byte[] or String only");
		}
		return type.cast(this.bodyReader.apply(type));
	}

}

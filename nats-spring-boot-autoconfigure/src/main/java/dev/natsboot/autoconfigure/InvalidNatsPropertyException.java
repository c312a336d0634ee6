package dev.natsboot.autoconfigure;

import java.time.Duration;

import dev.natsboot.core.Durations;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a {@code nats.*} property has a value that can't work.
 */
class InvalidNatsPropertyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String property;

	private final @Nullable String value;

	private final String reason;

	private final String example;

	/**
	 * Create an exception.
	 * @param property the property's name
	 * @param value its value, {@code null} when it is a secret
	 * @param reason what is wrong
	 * @param example a working example
	 */
	InvalidNatsPropertyException(String property, @Nullable Object value, String reason, String example) {
		super("Property '" + property + "'" + ((value != null) ? " with value '" + text(value) + "'" : "")
				+ " is invalid: " + reason + ". A working example: " + example);
		this.property = property;
		this.value = (value != null) ? text(value) : null;
		this.reason = reason;
		this.example = example;
	}

	private static String text(Object value) {
		return (value instanceof Duration duration) ? Durations.text(duration) : value.toString();
	}

	String getProperty() {
		return this.property;
	}

	@Nullable String getValue() {
		return this.value;
	}

	String getReason() {
		return this.reason;
	}

	String getExample() {
		return this.example;
	}

}

package dev.natsboot.autoconfigure;

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
		super("Property '" + property + "'" + ((value != null) ? " with value '" + value + "'" : "") + " is invalid: "
				+ reason + ". A working example: " + example);
		this.property = property;
		this.value = (value != null) ? value.toString() : null;
		this.reason = reason;
		this.example = example;
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

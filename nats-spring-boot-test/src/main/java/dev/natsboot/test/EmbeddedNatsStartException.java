package dev.natsboot.test;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the embedded nats-server can't be started; the message has what the server
 * printed.
 */
public class EmbeddedNatsStartException extends RuntimeException {

	/**
	 * What the server printed.
	 */
	private final String output;

	EmbeddedNatsStartException(String output, @Nullable Throwable cause) {
		super("The embedded nats-server can't be started: " + output, cause);
		this.output = output;
	}

	/**
	 * Return what the server printed.
	 * @return the lines, or the reason why there are none
	 */
	public String getOutput() {
		return this.output;
	}

	boolean isAddressInUse() {
		String text = this.output.toLowerCase(Locale.ROOT);
		return text.contains("address already in use") || text.contains("only one usage of each socket address");
	}

}

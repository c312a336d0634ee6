package dev.natsboot.service;

import io.nats.client.impl.Headers;

/**
 * An error reply. The text is made fit for a header: NATS clients refuse headers with
 * line breaks or characters outside of ASCII, and the requester would wait in vain.
 *
 * @param code the code, by custom one of HTTP's
 * @param text one line of printable ASCII, at most 512 characters. Other characters are
 * written as in Java source, {@code \}{@code u00fc} for instance
 */
public record ServiceError(int code, String text) {

	/**
	 * The header with the code (ADR-32).
	 */
	public static final String CODE_HEADER = "Nats-Service-Error-Code";

	/**
	 * The header with the text (ADR-32).
	 */
	public static final String TEXT_HEADER = "Nats-Service-Error";

	/**
	 * The code of a request that can't be read or isn't valid.
	 */
	public static final int BAD_REQUEST = 400;

	/**
	 * The code of a handler's failure.
	 */
	public static final int INTERNAL = 500;

	/**
	 * The code of a request that came too late to be handled before the handler stopped.
	 */
	public static final int UNAVAILABLE = 503;

	/**
	 * Make the text fit for a header.
	 * @param code the code
	 * @param text any text
	 */
	public ServiceError {
		text = ErrorText.header(text);
	}

	Headers headers() {
		return new Headers().put(CODE_HEADER, Integer.toString(this.code)).put(TEXT_HEADER, this.text);
	}

	@Override
	public String toString() {
		return this.code + ":" + this.text;
	}

}

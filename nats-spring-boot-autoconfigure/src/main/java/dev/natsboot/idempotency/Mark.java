package dev.natsboot.idempotency;

import java.time.Duration;
import java.time.Instant;

/**
 * What is stored under a key: a claim that lasts until a time, or that the message was
 * handled.
 *
 * @param owner who claimed it, {@value #HANDLED} for a message that was handled
 * @param time until when the claim lasts, or when the message was handled
 */
record Mark(String owner, Instant time) {

	private static final String HANDLED = "handled";

	static Mark handled(Instant now) {
		return new Mark(HANDLED, now);
	}

	static Mark parse(String text) {
		int blank = text.indexOf(' ');
		return new Mark(text.substring(0, blank), Instant.parse(text.substring(blank + 1)));
	}

	boolean isHandled() {
		return this.owner.equals(HANDLED);
	}

	Duration left(Instant now) {
		return Duration.between(now, this.time);
	}

	String text() {
		return this.owner + " " + this.time;
	}

}

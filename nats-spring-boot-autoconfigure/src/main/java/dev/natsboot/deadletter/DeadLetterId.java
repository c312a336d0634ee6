package dev.natsboot.deadletter;

import org.springframework.util.Assert;

/**
 * Where a dead letter is stored.
 *
 * @param stream the dead-letter stream
 * @param sequence the sequence of the dead letter in that stream, 1 or more
 */
public record DeadLetterId(String stream, long sequence) {

	/**
	 * Create an id.
	 * @param stream the dead-letter stream
	 * @param sequence the sequence of the dead letter in that stream
	 * @throws IllegalArgumentException when there is no stream, or the sequence is less
	 * than 1
	 */
	public DeadLetterId {
		Assert.hasText(stream, "'stream' must not be empty");
		Assert.isTrue(sequence > 0, () -> "'sequence' must be 1 or more, but is " + sequence);
	}

	/**
	 * Read what {@link #toString()} wrote.
	 * @param text stream and sequence with a colon between, for example
	 * {@code ORDERS_DLQ:7}
	 * @return the id
	 * @throws IllegalArgumentException when the text is none
	 */
	public static DeadLetterId parse(String text) {
		int colon = text.lastIndexOf(':');
		try {
			return new DeadLetterId(text.substring(0, Math.max(0, colon)), Long.parseLong(text.substring(colon + 1)));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"'" + text
							+ "' is no id of a dead letter: stream and sequence are needed, for example ORDERS_DLQ:7",
					ex);
		}
	}

	@Override
	public String toString() {
		return this.stream + ":" + this.sequence;
	}

}

package dev.natsboot.deadletter;

import java.time.Instant;

import dev.natsboot.core.NatsSubjects;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant: those that fulfil every condition that isn't
 * {@code null}. Begins with {@link #all()}, for example
 * {@code DeadLetterFilter.all().withListener("payment").withSubject("orders.>")}.
 *
 * @param subject the original subject, with wildcards
 * @param stream the stream of the original message
 * @param consumer the consumer that delivered it
 * @param listener the id of the listener that gave up
 * @param exception the name of the exception's class, with its package or without
 * @param from when it became a dead letter at the earliest
 * @param to before when it became a dead letter
 */
public record DeadLetterFilter(@Nullable String subject, @Nullable String stream, @Nullable String consumer,
		@Nullable String listener, @Nullable String exception, @Nullable Instant from, @Nullable Instant to) {

	private static final DeadLetterFilter ALL = new DeadLetterFilter(null, null, null, null, null, null, null);

	/**
	 * Create a filter; {@link #all()} is easier to read.
	 * @param subject the original subject, with wildcards
	 * @param stream the stream of the original message
	 * @param consumer the consumer that delivered it
	 * @param listener the id of the listener that gave up
	 * @param exception the name of the exception's class, with its package or without
	 * @param from when it became a dead letter at the earliest
	 * @param to before when it became a dead letter
	 * @throws IllegalArgumentException when nothing can have the subject
	 */
	public DeadLetterFilter {
		if (subject != null) {
			NatsSubjects.requireSubscribable(subject);
		}
	}

	/**
	 * All dead letters.
	 * @return a filter without conditions
	 */
	public static DeadLetterFilter all() {
		return ALL;
	}

	/**
	 * Whether there are no conditions.
	 * @return {@code true} when all dead letters match
	 */
	public boolean isAll() {
		return equals(ALL);
	}

	/**
	 * Those with an original subject.
	 * @param subject the subject, with wildcards
	 * @return a filter with this condition too
	 */
	public DeadLetterFilter withSubject(String subject) {
		return new DeadLetterFilter(subject, this.stream, this.consumer, this.listener, this.exception, this.from,
				this.to);
	}

	/**
	 * Those of messages of a stream.
	 * @param stream the stream's name
	 * @return a filter with this condition too
	 */
	public DeadLetterFilter withStream(String stream) {
		return new DeadLetterFilter(this.subject, stream, this.consumer, this.listener, this.exception, this.from,
				this.to);
	}

	/**
	 * Those that a consumer delivered.
	 * @param consumer the consumer's name
	 * @return a filter with this condition too
	 */
	public DeadLetterFilter withConsumer(String consumer) {
		return new DeadLetterFilter(this.subject, this.stream, consumer, this.listener, this.exception, this.from,
				this.to);
	}

	/**
	 * Those of a listener.
	 * @param listener the listener's id
	 * @return a filter with this condition too
	 */
	public DeadLetterFilter withListener(String listener) {
		return new DeadLetterFilter(this.subject, this.stream, this.consumer, listener, this.exception, this.from,
				this.to);
	}

	/**
	 * Those with an exception.
	 * @param exception the name of its class, with the package or without
	 * @return a filter with this condition too
	 */
	public DeadLetterFilter withException(String exception) {
		return new DeadLetterFilter(this.subject, this.stream, this.consumer, this.listener, exception, this.from,
				this.to);
	}

	/**
	 * Those of a time.
	 * @param from the first moment, or {@code null} for no beginning
	 * @param to the first moment after, or {@code null} for no end
	 * @return a filter with this condition too
	 */
	public DeadLetterFilter withTime(@Nullable Instant from, @Nullable Instant to) {
		return new DeadLetterFilter(this.subject, this.stream, this.consumer, this.listener, this.exception, from, to);
	}

	/**
	 * Whether a dead letter is meant.
	 * @param letter the dead letter; where it doesn't know what a condition asks for, it
	 * isn't meant
	 * @return {@code true} when it fulfils every condition
	 */
	public boolean matches(DeadLetter letter) {
		return isSubject(letter.subject()) && is(this.stream, letter.stream()) && is(this.consumer, letter.consumer())
				&& is(this.listener, letter.listener()) && isException(letter.exception()) && isTime(letter.time());
	}

	private boolean isSubject(@Nullable String actual) {
		return this.subject == null || (actual != null && NatsSubjects.matches(this.subject, actual));
	}

	private static boolean is(@Nullable String expected, @Nullable String actual) {
		return expected == null || expected.equals(actual);
	}

	private boolean isException(@Nullable String actual) {
		return this.exception == null || (actual != null && (actual.equals(this.exception)
				|| actual.endsWith("." + this.exception) || actual.endsWith("$" + this.exception)));
	}

	private boolean isTime(Instant time) {
		return (this.from == null || !time.isBefore(this.from)) && (this.to == null || time.isBefore(this.to));
	}

}

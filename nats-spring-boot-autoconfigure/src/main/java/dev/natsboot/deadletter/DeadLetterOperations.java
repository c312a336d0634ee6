package dev.natsboot.deadletter;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What can be done with dead letters: list them, look at one, send them back to where
 * they came from, and drop them. Implemented by {@link DeadLetterTemplate}; an interface
 * so that tests can replace it.
 * <p>
 * Sending back (redriving) publishes the original bytes and headers to the original
 * subject, waits for the stream to confirm that it has them, and then deletes the dead
 * letter. The message gets a {@code Nats-Msg-Id} of its own, the same at every attempt
 * for this dead letter: an attempt that follows one that ended before the deletion is
 * stored once, within the duplicate window of the original's stream. After that window it
 * is stored twice. The original's id is in the header {@code Original-Message-Id} of
 * both, which an idempotent listener takes first.
 * <p>
 * A message goes to a subject, not to a consumer: all consumers of the subject get it
 * again, also those that had handled it. They have to be idempotent.
 * <p>
 * All methods throw {@link DeadLetterException} (with the server's code, where it gave
 * one) when the server refuses what is asked, and when it doesn't answer, and
 * {@link dev.natsboot.connection.NatsNotConnectedException} when there is no connection.
 */
public interface DeadLetterOperations {

	/**
	 * The dead-letter streams: those of the property {@code nats.dead-letters.streams},
	 * or those that store the dead letters of the application's listeners.
	 * @return the names in alphabetical order
	 */
	List<String> streams();

	/**
	 * List dead letters. Those that don't match have to be read too: a rare one among
	 * many takes its time, about a second for ten thousand.
	 * @param filter which ones
	 * @param from where to begin: the {@link DeadLetterPage#next()} of the page before,
	 * or {@code null} for the first page
	 * @param limit how many at most, 1 to 1000
	 * @return one page
	 * @throws IllegalArgumentException when the limit is out of its range
	 */
	DeadLetterPage list(DeadLetterFilter filter, @Nullable DeadLetterId from, int limit);

	/**
	 * Look at a dead letter.
	 * @param id where it is stored
	 * @return the dead letter, or empty when there is none
	 */
	Optional<DeadLetter> find(DeadLetterId id);

	/**
	 * Count. Looks at the first ten thousand messages of each stream at most.
	 * @return how many there are in each stream, and of each listener
	 */
	DeadLetterSummary summarize();

	/**
	 * Send a dead letter back to its original subject. Its original stream has to capture
	 * the subject still.
	 * @param id where it is stored
	 * @return where it is now
	 * @throws DeadLetterNotFoundException when there is no such dead letter
	 */
	Redrive redrive(DeadLetterId id);

	/**
	 * Send a dead letter to another subject than its own, or to its own when it doesn't
	 * say it itself. Whichever stream captures the subject will do.
	 * @param id where it is stored
	 * @param subject the subject, without wildcards
	 * @return where it is now
	 * @throws DeadLetterNotFoundException when there is no such dead letter
	 * @throws IllegalArgumentException when nothing can be published to the subject
	 */
	Redrive redrive(DeadLetterId id, String subject);

	/**
	 * Send dead letters back, at the pace of {@code nats.dead-letters.redrive-rate}.
	 * @param filter which ones
	 * @return what became of them
	 * @see #redriveAll(DeadLetterFilter, int)
	 */
	DeadLetterReport redriveAll(DeadLetterFilter filter);

	/**
	 * Send dead letters back, those that are there at this moment: one that fails again
	 * meanwhile, and becomes another dead letter, isn't sent a second time, and one that
	 * is dropped while the pace is kept isn't sent at all. A refused one stays, and the
	 * others go on; when the server doesn't answer, or the thread is interrupted, the
	 * rest stays.
	 * @param filter which ones
	 * @param rate how many per second at most, 0 for no limit
	 * @return what became of them
	 */
	DeadLetterReport redriveAll(DeadLetterFilter filter, int rate);

	/**
	 * Delete a dead letter.
	 * @param id where it is stored
	 * @return whether there was one
	 */
	boolean drop(DeadLetterId id);

	/**
	 * Delete dead letters, those that are there at this moment.
	 * @param filter which ones
	 * @return what became of them
	 */
	DeadLetterReport dropAll(DeadLetterFilter filter);

}

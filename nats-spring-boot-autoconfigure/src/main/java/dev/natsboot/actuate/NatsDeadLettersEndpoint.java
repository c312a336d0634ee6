package dev.natsboot.actuate;

import java.time.OffsetDateTime;
import java.util.Map;

import dev.natsboot.deadletter.DeadLetterFilter;
import dev.natsboot.deadletter.DeadLetterId;
import dev.natsboot.deadletter.DeadLetterOperations;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * {@link Endpoint} that shows dead letters, sends them back and drops them. What changes
 * something needs {@code management.endpoint.natsdeadletters.access=unrestricted}.
 */
@Endpoint(id = "natsdeadletters", defaultAccess = Access.READ_ONLY)
public class NatsDeadLettersEndpoint {

	private static final int PAGE = 50;

	private final DeadLetterOperations deadLetters;

	/**
	 * Create an endpoint.
	 * @param deadLetters the dead letters
	 */
	public NatsDeadLettersEndpoint(DeadLetterOperations deadLetters) {
		this.deadLetters = deadLetters;
	}

	/**
	 * Count dead letters, and show a page of them.
	 * @param subject the original subject, with wildcards; {@code null} for all
	 * @param listener the id of the listener that gave up; {@code null} for all
	 * @param exception the exception's class, with or without package; {@code null} for
	 * all
	 * @param after when it became a dead letter at the earliest; {@code null} for all
	 * @param before when it became a dead letter at the latest; {@code null} for all
	 * @param from where to begin, the {@code next} of the page before; {@code null} for
	 * the first page
	 * @param limit how many at most, 1 to 1000; {@code null} for 50
	 * @return what was found
	 */
	@ReadOperation
	public DeadLettersDescriptor deadLetters(@Nullable String subject, @Nullable String listener,
			@Nullable String exception, @Nullable OffsetDateTime after, @Nullable OffsetDateTime before,
			@Nullable String from, @Nullable Integer limit) {
		try {
			DeadLetterFilter filter = filter(subject, listener, exception)
				.withTime((after != null) ? after.toInstant() : null, (before != null) ? before.toInstant() : null);
			DeadLetterId first = (from != null) ? DeadLetterId.parse(from) : null;
			return DeadLettersDescriptor.of(this.deadLetters.summarize(),
					this.deadLetters.list(filter, first, (limit != null) ? limit : PAGE));
		}
		catch (IllegalArgumentException ex) {
			throw invalid(ex.getMessage());
		}
	}

	/**
	 * Show a dead letter with its content.
	 * @param id identifies it, for example {@code ORDERS_DLQ:7}
	 * @return the dead letter, or {@code null} when there is none
	 */
	@ReadOperation
	public DeadLettersDescriptor.@Nullable Detail deadLetter(@Selector String id) {
		return this.deadLetters.find(parse(id)).map(DeadLettersDescriptor.Detail::of).orElse(null);
	}

	/**
	 * Send a dead letter back.
	 * @param id identifies it
	 * @param action {@code redrive}
	 * @param subject where to send it, or {@code null} for its original subject
	 * @return where it is now
	 */
	@WriteOperation
	public DeadLettersDescriptor.Redriven redrive(@Selector String id, String action, @Nullable String subject) {
		requireRedrive(action);
		try {
			return DeadLettersDescriptor.Redriven.of((subject != null) ? this.deadLetters.redrive(parse(id), subject)
					: this.deadLetters.redrive(parse(id)));
		}
		catch (IllegalArgumentException ex) {
			throw invalid(ex.getMessage());
		}
	}

	/**
	 * Send dead letters back.
	 * @param action {@code redrive}
	 * @param all {@code true} for all, where nothing else says which
	 * @param subject the original subject, with wildcards; {@code null} for all
	 * @param listener the id of the listener that gave up; {@code null} for all
	 * @param exception the exception's class, with or without package; {@code null} for
	 * all
	 * @param rate how many per second, 0 for no limit; {@code null} for
	 * {@code nats.dead-letters.redrive-rate}
	 * @return what became of them
	 */
	@WriteOperation
	public DeadLettersDescriptor.Report redriveAll(String action, @Nullable Boolean all, @Nullable String subject,
			@Nullable String listener, @Nullable String exception, @Nullable Integer rate) {
		requireRedrive(action);
		try {
			DeadLetterFilter filter = chosen(filter(subject, listener, exception), all);
			return DeadLettersDescriptor.Report
				.of((rate != null) ? this.deadLetters.redriveAll(filter, rate) : this.deadLetters.redriveAll(filter));
		}
		catch (IllegalArgumentException ex) {
			throw invalid(ex.getMessage());
		}
	}

	/**
	 * Delete a dead letter.
	 * @param id identifies it
	 * @return how many were deleted: one, or none
	 */
	@DeleteOperation
	public DeadLettersDescriptor.Report drop(@Selector String id) {
		return new DeadLettersDescriptor.Report(this.deadLetters.drop(parse(id)) ? 1 : 0, 0, Map.of(), null);
	}

	/**
	 * Delete dead letters.
	 * @param all {@code true} for all, where nothing else says which
	 * @param subject the original subject, with wildcards; {@code null} for all
	 * @param listener the id of the listener that gave up; {@code null} for all
	 * @param exception the exception's class, with or without package; {@code null} for
	 * all
	 * @return what became of them
	 */
	@DeleteOperation
	public DeadLettersDescriptor.Report dropAll(@Nullable Boolean all, @Nullable String subject,
			@Nullable String listener, @Nullable String exception) {
		try {
			return DeadLettersDescriptor.Report
				.of(this.deadLetters.dropAll(chosen(filter(subject, listener, exception), all)));
		}
		catch (IllegalArgumentException ex) {
			throw invalid(ex.getMessage());
		}
	}

	private static DeadLetterFilter filter(@Nullable String subject, @Nullable String listener,
			@Nullable String exception) {
		return new DeadLetterFilter(subject, null, null, listener, exception, null, null);
	}

	private static DeadLetterFilter chosen(DeadLetterFilter filter, @Nullable Boolean all) {
		if (filter.isAll() && !Boolean.TRUE.equals(all)) {
			throw invalid("Say which dead letters: subject, listener or exception, or all=true");
		}
		return filter;
	}

	private static DeadLetterId parse(String id) {
		try {
			return DeadLetterId.parse(id);
		}
		catch (IllegalArgumentException ex) {
			throw invalid(ex.getMessage());
		}
	}

	private static void requireRedrive(String action) {
		if (!action.equalsIgnoreCase("redrive")) {
			throw invalid("Unknown action '" + action + "': use {\"action\":\"redrive\"}");
		}
	}

	private static InvalidEndpointRequestException invalid(@Nullable String reason) {
		String text = String.valueOf(reason);
		return new InvalidEndpointRequestException(text, text);
	}

}

package dev.natsboot.core;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.nats.client.JetStreamStatusException;
import io.nats.client.Message;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request: the client says the same thing in several ways, depending on
 * its options.
 */
final class Replies {

	private static final int NO_RESPONDERS = 503;

	private Replies() {
	}

	/**
	 * Wait on the caller's thread, exactly as long as asked.
	 */
	static Message await(CompletableFuture<Message> future, String subject, Duration timeout) {
		try {
			return requireResponder(future.get(timeout.toNanos(), TimeUnit.NANOSECONDS), subject);
		}
		catch (InterruptedException ex) {
			future.cancel(false);
			Thread.currentThread().interrupt();
			throw new NatsException(
					"Interrupted while waiting for the reply to the request on subject '" + subject + "'", ex);
		}
		catch (TimeoutException ex) {
			future.cancel(false);
			throw new NatsRequestTimeoutException(subject, timeout, null);
		}
		catch (ExecutionException | CancellationException ex) {
			throw translate(ex, subject, timeout);
		}
	}

	static Message requireResponder(Message reply, String subject) {
		if (reply.isStatusMessage() && reply.getStatus().getCode() == NO_RESPONDERS) {
			throw new NatsNoRespondersException(subject, null);
		}
		return reply;
	}

	static NatsException translate(Throwable failure, String subject, Duration timeout) {
		Throwable cause = unwrap(failure);
		if (cause instanceof NatsException translated) {
			return translated;
		}
		if (isNoResponders(cause)) {
			return new NatsNoRespondersException(subject, cause);
		}
		if (cause instanceof TimeoutException) {
			return new NatsRequestTimeoutException(subject, timeout, cause);
		}
		return new NatsException("The request on subject '" + subject + "' failed: " + cause.getMessage(), cause);
	}

	/**
	 * Without {@code reportNoResponders} the client cancels the future, without a text;
	 * when it gives up a request itself there is a text.
	 */
	private static boolean isNoResponders(Throwable cause) {
		return (cause instanceof JetStreamStatusException status && status.getStatus().getCode() == NO_RESPONDERS)
				|| (cause instanceof CancellationException && cause.getMessage() == null);
	}

	/**
	 * Later Java versions wrap a cancellation into another one when it is waited for.
	 */
	private static Throwable unwrap(Throwable failure) {
		@Nullable Throwable cause = failure.getCause();
		boolean wrapper = failure instanceof ExecutionException || failure instanceof CompletionException
				|| failure instanceof CancellationException;
		return (wrapper && cause != null) ? cause : failure;
	}

}

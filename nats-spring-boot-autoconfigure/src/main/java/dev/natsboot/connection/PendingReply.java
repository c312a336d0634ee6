package dev.natsboot.connection;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import io.nats.client.Message;

/**
 * A reply that is still to come. The time that it may take is looked after by its inbox,
 * for all replies together: a timer for each would cost more than the request.
 */
final class PendingReply extends CompletableFuture<Message> {

	private final Duration timeout;

	private final long deadlineNanos;

	PendingReply(Duration timeout) {
		this.timeout = timeout;
		this.deadlineNanos = System.nanoTime() + timeout.toNanos();
	}

	/**
	 * Give up when it is too late.
	 * @return whether nobody waits for the reply any longer
	 */
	boolean isOver(long nowNanos) {
		if (nowNanos - this.deadlineNanos >= 0) {
			completeExceptionally(new TimeoutException("No reply within " + this.timeout.toMillis() + " ms"));
		}
		return isDone();
	}

}

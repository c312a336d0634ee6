package dev.natsboot.connection;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import io.nats.client.Message;
import org.jspecify.annotations.Nullable;

/**
 * A reply that is still to come. The time that it may take is looked after by its inbox,
 * for all replies together: a timer for each would cost more than the request.
 */
final class PendingReply extends CompletableFuture<Message> {

	private final Duration timeout;

	private final @Nullable ReplyCallbacks callbacks;

	private final long deadlineNanos;

	/**
	 * Create it.
	 * @param callbacks runs what depends on the reply, {@code null} where somebody only
	 * waits for it
	 */
	PendingReply(Duration timeout, @Nullable ReplyCallbacks callbacks) {
		this.timeout = timeout;
		this.callbacks = callbacks;
		this.deadlineNanos = System.nanoTime() + timeout.toNanos();
	}

	/**
	 * Take the reply.
	 * @param here whether callbacks may run on the current thread
	 */
	void received(Message reply, boolean here) {
		if (this.callbacks == null || (here && this.callbacks.isAnyThread())) {
			complete(reply);
		}
		else {
			this.callbacks.execute(() -> complete(reply));
		}
	}

	void failed(Throwable failure) {
		if (this.callbacks == null) {
			completeExceptionally(failure);
		}
		else {
			this.callbacks.execute(() -> completeExceptionally(failure));
		}
	}

	/**
	 * Give up when it is too late.
	 * @return whether nobody waits for the reply any longer
	 */
	boolean isOver(long nowNanos) {
		if (nowNanos - this.deadlineNanos < 0) {
			return isDone();
		}
		failed(new TimeoutException("No reply within " + this.timeout.toMillis() + " ms"));
		return true;
	}

}

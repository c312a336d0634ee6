package dev.natsboot.core;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;

import dev.natsboot.connection.ReplyCallbacks;
import io.nats.client.Message;
import io.nats.client.api.PublishAck;
import org.jspecify.annotations.Nullable;

/**
 * One message that is published without anybody waiting, attempt after attempt. Each
 * attempt has a timeout of its own. Everything from its reply on runs on a thread that
 * may block.
 */
final class AsyncPublish {

	private final OutgoingMessage message;

	private final BiFunction<OutgoingMessage, ReplyCallbacks, CompletableFuture<Message>> sender;

	private final ReplyCallbacks callbacks;

	private final Duration timeout;

	private final int attempts;

	private final Duration retryWait;

	private final Consumer<@Nullable Throwable> whenDone;

	private final CompletableFuture<PublishAck> result = new CompletableFuture<>();

	private int attempt;

	/**
	 * Create it.
	 * @param message the message
	 * @param sender sends the message and gives its reply
	 * @param callbacks where replies are received
	 * @param timeout how long one attempt waits
	 * @param attempts how many there are at most
	 * @param retryWait the time between two of them
	 * @param whenDone called once, before the future completes, with the failure if there
	 * is one
	 */
	AsyncPublish(OutgoingMessage message,
			BiFunction<OutgoingMessage, ReplyCallbacks, CompletableFuture<Message>> sender, ReplyCallbacks callbacks,
			Duration timeout, int attempts, Duration retryWait, Consumer<@Nullable Throwable> whenDone) {
		this.message = message;
		this.sender = sender;
		this.callbacks = callbacks;
		this.timeout = timeout;
		this.attempts = attempts;
		this.retryWait = retryWait;
		this.whenDone = whenDone;
	}

	CompletableFuture<PublishAck> start() {
		send();
		return this.result;
	}

	private void send() {
		this.attempt++;
		try {
			this.sender.apply(this.message, this.callbacks).whenComplete(this::received);
		}
		catch (RuntimeException ex) {
			fail(ex);
		}
	}

	private void received(@Nullable Message reply, @Nullable Throwable failure) {
		PublishAck ack;
		try {
			if (reply == null || failure != null) {
				throw (failure != null) ? Replies.translate(failure, this.message.subject(), this.timeout)
						: new IllegalStateException("Neither a reply nor a failure");
			}
			ack = PublishFailures.readAck(Replies.requireResponder(reply, this.message.subject()));
		}
		catch (Exception ex) {
			retryOrFail(ex);
			return;
		}
		Observers.tell(this.whenDone, null);
		this.result.complete(ack);
	}

	private void retryOrFail(Exception failure) {
		if (this.attempt >= this.attempts || !PublishFailures.isTransient(this.message, failure)) {
			fail(failure);
			return;
		}
		CompletableFuture.delayedExecutor(this.retryWait.toNanos(), TimeUnit.NANOSECONDS, this.callbacks)
			.execute(this::send);
	}

	private void fail(Exception failure) {
		RuntimeException explained = PublishFailures.explain(this.message, failure, this.timeout);
		Observers.tell(this.whenDone, explained);
		this.result.completeExceptionally(explained);
	}

}

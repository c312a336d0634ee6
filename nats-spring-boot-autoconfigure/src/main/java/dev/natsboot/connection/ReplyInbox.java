package dev.natsboot.connection;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.nats.client.Connection;
import io.nats.client.Connection.Status;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests over one connection, and takes the replies to them from one
 * subscription. Unlike the client's own requests these are written together with whatever
 * else waits to be written, instead of each with a system call of its own, and have a
 * common timer.
 */
final class ReplyInbox {

	private static final Log logger = LogFactory.getLog(ReplyInbox.class);

	private static final Executor SOON = CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS, Runnable::run);

	private final Map<Long, PendingReply> pending = new ConcurrentHashMap<>();

	private final AtomicLong sent = new AtomicLong();

	private final AtomicBoolean watching = new AtomicBoolean();

	private final Connection connection;

	private final String prefix;

	ReplyInbox(Connection connection) {
		this.connection = connection;
		this.prefix = connection.createInbox() + ".";
		Dispatcher dispatcher = connection.createDispatcher(this::received);
		dispatcher.setPendingLimits(-1, -1);
		dispatcher.subscribe(this.prefix + "*");
	}

	boolean isOn(Connection other) {
		return this.connection == other;
	}

	/**
	 * How many requests wait for their reply.
	 */
	int outstanding() {
		return this.pending.size();
	}

	/**
	 * Send a request.
	 * @return the reply, which may be the server's word that there are no responders;
	 * fails with a {@link java.util.concurrent.TimeoutException} up to 50 milliseconds
	 * after the timeout
	 * @throws IllegalArgumentException when the client refuses the message
	 * @throws IllegalStateException when the connection can't take it
	 */
	PendingReply request(String subject, @Nullable Headers headers, byte[] data, Duration timeout) {
		Long number = this.sent.incrementAndGet();
		PendingReply reply = new PendingReply(timeout);
		this.pending.put(number, reply);
		try {
			this.connection.publish(subject, this.prefix + number, headers, data);
		}
		catch (RuntimeException ex) {
			this.pending.remove(number);
			throw ex;
		}
		watch();
		return reply;
	}

	private void received(Message reply) {
		PendingReply waiting = this.pending.remove(number(reply.getSubject()));
		if (waiting != null) {
			waiting.complete(reply);
		}
		else if (logger.isDebugEnabled()) {
			logger.debug("A reply came when nobody waited for it any longer: " + reply);
		}
	}

	/**
	 * The number of a request, 0 for what is none of ours.
	 */
	private long number(String subject) {
		try {
			return Long.parseLong(subject, this.prefix.length(), subject.length(), 10);
		}
		catch (NumberFormatException ex) {
			logger.debug("Not a reply to a request: " + subject, ex);
			return 0;
		}
	}

	/**
	 * Look after the timeouts as long as there are any.
	 */
	private void watch() {
		if (!this.watching.get() && this.watching.compareAndSet(false, true)) {
			SOON.execute(this::giveUpLateOnes);
		}
	}

	private void giveUpLateOnes() {
		if (this.connection.getStatus() == Status.CLOSED) {
			this.pending.values()
				.forEach((reply) -> reply.completeExceptionally(new CancellationException("the connection is closed")));
		}
		long now = System.nanoTime();
		this.pending.values().removeIf((reply) -> reply.isOver(now));
		if (!this.pending.isEmpty()) {
			SOON.execute(this::giveUpLateOnes);
			return;
		}
		this.watching.set(false);
		if (!this.pending.isEmpty()) {
			watch();
		}
	}

}

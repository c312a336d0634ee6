package dev.natsboot.connection;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.nats.client.Connection;
import io.nats.client.Connection.Status;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.nats.client.impl.Headers;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Sends requests over one connection, and takes the replies to them from one
 * subscription. Unlike the client's own requests these are written together with whatever
 * else waits to be written, instead of each with a system call of its own, and have a
 * common timer.
 * <p>
 * What depends on a reply runs on the thread that reads the replies, which is relieved
 * when that takes long. For a while after that replies are handed over to other threads.
 */
final class ReplyInbox {

	private static final Log logger = LogFactory.getLog(ReplyInbox.class);

	private static final Executor SOON = CompletableFuture.delayedExecutor(25, TimeUnit.MILLISECONDS, Runnable::run);

	private static final long HANDING_OVER_NANOS = TimeUnit.SECONDS.toNanos(2);

	private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	private final Map<Long, PendingReply> pending = new ConcurrentHashMap<>();

	private final AtomicLong sent = new AtomicLong();

	private final AtomicBoolean watching = new AtomicBoolean();

	private final Connection connection;

	private final String prefix;

	private final SubscriptionReader reader;

	private volatile boolean handingOver;

	private volatile long relievedNanos;

	ReplyInbox(Connection connection, String name) {
		this(connection, threads(name));
	}

	ReplyInbox(Connection connection, ThreadFactory threads) {
		this.connection = connection;
		this.prefix = connection.createInbox() + ".";
		Subscription subscription = connection.subscribe(this.prefix + "*");
		subscription.setPendingLimits(-1, -1);
		this.reader = new SubscriptionReader(subscription, threads, this::received);
		start(subscription);
	}

	private void start(Subscription subscription) {
		try {
			this.reader.start();
		}
		catch (Error ex) {
			subscription.unsubscribe();
			throw ex;
		}
	}

	private static ThreadFactory threads(String name) {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("nats-" + name + "-replies-");
		threads.setDaemon(true);
		return threads;
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
	 * Wait for the replies to all requests that have been sent, as long as there is a
	 * connection to bring them.
	 */
	void awaitReplies(Duration timeout) {
		List<PendingReply> asked = List.copyOf(this.pending.values());
		long start = System.nanoTime();
		while (!asked.stream().allMatch(PendingReply::isDone) && this.connection.getStatus() == Status.CONNECTED
				&& System.nanoTime() - start < timeout.toNanos() && !Thread.currentThread().isInterrupted()) {
			LockSupport.parkNanos(LOOK_NANOS);
		}
	}

	/**
	 * Send a request.
	 * @param callbacks runs what depends on the reply, {@code null} where the caller
	 * waits for it
	 * @return the reply, which may be the server's word that there are no responders;
	 * fails with a {@link java.util.concurrent.TimeoutException} up to 50 milliseconds
	 * after the timeout
	 * @throws IllegalArgumentException when the client refuses the message
	 * @throws IllegalStateException when the connection can't take it
	 */
	PendingReply request(String subject, @Nullable Headers headers, byte[] data, Duration timeout,
			@Nullable ReplyCallbacks callbacks) {
		if (callbacks == null && this.reader.relieveCurrent()) {
			handOver();
		}
		Long number = this.sent.incrementAndGet();
		PendingReply reply = new PendingReply(timeout, callbacks);
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
			waiting.received(reply, !this.handingOver);
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

	private void handOver() {
		this.relievedNanos = System.nanoTime();
		this.handingOver = true;
	}

	/**
	 * Look after the timeouts and the reader as long as anybody waits.
	 */
	private void watch() {
		if (!this.watching.get() && this.watching.compareAndSet(false, true)) {
			SOON.execute(this::look);
		}
	}

	private void look() {
		try {
			relieveReader();
			giveUpLateOnes();
		}
		catch (RuntimeException | Error ex) {
			logger.error("Replies could not be looked after, trying again", ex);
		}
		finally {
			lookAgain();
		}
	}

	private void relieveReader() {
		if (this.reader.relieve()) {
			handOver();
		}
		else if (this.handingOver && System.nanoTime() - this.relievedNanos > HANDING_OVER_NANOS) {
			this.handingOver = false;
		}
	}

	private void giveUpLateOnes() {
		if (this.connection.getStatus() == Status.CLOSED) {
			this.pending.values()
				.forEach((reply) -> reply.failed(new CancellationException("the connection is closed")));
		}
		long now = System.nanoTime();
		this.pending.values().removeIf((reply) -> reply.isOver(now));
	}

	private void lookAgain() {
		if (!this.pending.isEmpty()) {
			SOON.execute(this::look);
			return;
		}
		this.watching.set(false);
		if (!this.pending.isEmpty()) {
			watch();
		}
	}

}

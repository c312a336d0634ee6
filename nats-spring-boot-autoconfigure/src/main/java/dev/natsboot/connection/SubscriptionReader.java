package dev.natsboot.connection;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import io.nats.client.Message;
import io.nats.client.Subscription;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads a subscription on one thread, and handles each message on it. When that takes too
 * long another thread goes on reading, and the first one ends when its message is
 * handled. So what doesn't block needs no second thread, and what blocks keeps nobody
 * waiting. Ends with the subscription.
 */
final class SubscriptionReader {

	private static final Log logger = LogFactory.getLog(SubscriptionReader.class);

	/**
	 * While a subscription is being drained the client doesn't wait for its messages.
	 */
	private static final long DRAINING_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private final Subscription subscription;

	private final ThreadFactory threads;

	private final Consumer<Message> handler;

	private volatile Turn turn;

	SubscriptionReader(Subscription subscription, ThreadFactory threads, Consumer<Message> handler) {
		this.subscription = subscription;
		this.threads = threads;
		this.handler = handler;
		this.turn = new Turn();
	}

	void start() {
		this.turn.thread.start();
	}

	/**
	 * Have another thread go on when the present one is still at the message at which it
	 * was found the last time. To be called from time to time, by one thread at a time.
	 * @return whether it was, and there was a thread for that
	 */
	boolean relieve() {
		Turn current = this.turn;
		return current.isStuck() && current.relieve();
	}

	/**
	 * Have another thread go on when it is the current one that reads: it will block.
	 * @return whether it is, and there was a thread for that
	 */
	boolean relieveCurrent() {
		Turn current = this.turn;
		return current.thread == Thread.currentThread() && current.relieve();
	}

	/**
	 * What one thread reads, from when it begins until another one goes on.
	 */
	private final class Turn implements Runnable {

		private final Thread thread = SubscriptionReader.this.threads.newThread(this);

		/** Odd while a message is being handled. */
		private final AtomicInteger steps = new AtomicInteger();

		private volatile int seen;

		private volatile boolean relieved;

		private boolean isStuck() {
			int now = this.steps.get();
			boolean stuck = now == this.seen && (now & 1) == 1;
			this.seen = now;
			return stuck;
		}

		/**
		 * Without another thread this one goes on when it can.
		 */
		private boolean relieve() {
			if (this.relieved) {
				return false;
			}
			try {
				new Turn().thread.start();
				this.relieved = true;
			}
			catch (Error ex) {
				logger.error("No further thread to read '" + SubscriptionReader.this.subscription.getSubject()
						+ "', while a callback keeps the present one", ex);
			}
			return this.relieved;
		}

		@Override
		public void run() {
			SubscriptionReader.this.turn = this;
			try {
				while (SubscriptionReader.this.turn == this) {
					Message message = next();
					if (message != null) {
						handle(message);
					}
					else {
						LockSupport.parkNanos(DRAINING_NANOS);
					}
				}
			}
			catch (IllegalStateException ex) {
				logger.debug("The subscription to '" + SubscriptionReader.this.subscription.getSubject()
						+ "' has ended: " + ex.getMessage());
			}
		}

		/**
		 * Only a callback can have interrupted this thread: its end has another sign.
		 */
		private @Nullable Message next() {
			Thread.interrupted();
			try {
				return SubscriptionReader.this.subscription.nextMessage(0);
			}
			catch (InterruptedException ex) {
				logger.debug("The thread that reads '" + SubscriptionReader.this.subscription.getSubject()
						+ "' was interrupted, and goes on", ex);
				return null;
			}
		}

		private void handle(Message message) {
			int step = this.steps.get();
			this.steps.lazySet(step + 1);
			try {
				SubscriptionReader.this.handler.accept(message);
			}
			catch (RuntimeException | Error ex) {
				logger.error("A message of '" + message.getSubject() + "' could not be handled", ex);
			}
			this.steps.lazySet(step + 2);
		}

	}

}

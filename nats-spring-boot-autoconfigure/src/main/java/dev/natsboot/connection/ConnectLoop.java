package dev.natsboot.connection;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.natsboot.connection.NatsConnectException.Reason;
import io.nats.client.Connection;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Tries to connect until it succeeds, with growing pauses. Its thread isn't a daemon: an
 * application that has nothing to do but to listen stays alive while it waits for NATS,
 * as it does when it is connected.
 */
class ConnectLoop {

	private static final Log logger = LogFactory.getLog(NatsConnectionManager.class);

	private static final long FIRST_PAUSE_MILLIS = 250;

	private static final long LONGEST_PAUSE_MILLIS = 2000;

	private final Callable<Connection> attempt;

	private final Consumer<NatsConnectException> failed;

	private final boolean onlyOnce;

	private final CompletableFuture<Connection> first = new CompletableFuture<>();

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final Thread thread;

	ConnectLoop(String name, Callable<Connection> attempt, Consumer<NatsConnectException> failed, boolean onlyOnce) {
		this.attempt = attempt;
		this.failed = failed;
		this.onlyOnce = onlyOnce;
		this.thread = new Thread(this::run, "nats-" + name + "-connect");
		this.thread.setDaemon(false);
	}

	/**
	 * Start the thread.
	 * @return the first attempt's result
	 */
	CompletableFuture<Connection> start() {
		this.thread.start();
		return this.first;
	}

	/**
	 * End soon. An attempt that is under way is waited for, but not for longer than the
	 * timeout: whatever it makes is closed by whoever adopts it.
	 */
	void stop(Duration timeout) {
		this.stopped.countDown();
		if (Thread.currentThread() == this.thread || timeout.isZero()) {
			return;
		}
		try {
			this.thread.join(timeout.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void run() {
		try {
			BackOffExecution pauses = pauses();
			while (!tryOnce()) {
				if (this.onlyOnce || this.stopped.await(pauses.nextBackOff(), TimeUnit.MILLISECONDS)) {
					return;
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.first.cancel(false);
		}
		catch (Error ex) {
			this.first.completeExceptionally(ex);
			throw ex;
		}
	}

	private boolean tryOnce() throws InterruptedException {
		try {
			this.first.complete(this.attempt.call());
			return true;
		}
		catch (InterruptedException ex) {
			throw ex;
		}
		catch (NatsConnectException ex) {
			fail(ex);
		}
		catch (Exception ex) {
			fail(failure(ex.getMessage(), ex));
		}
		catch (Error ex) {
			NatsConnectException failure = failure(ex.toString(), ex);
			logger.error("An attempt to connect ended in an error", failure);
			fail(failure);
		}
		return false;
	}

	private static NatsConnectException failure(@Nullable String text, Throwable cause) {
		return new NatsConnectException(Reason.OTHER, "the configured servers", NatsUrls.withoutCredentials(text),
				ConnectFailures.safe(cause));
	}

	private void fail(NatsConnectException failure) {
		this.failed.accept(failure);
		this.first.completeExceptionally(failure);
	}

	private static BackOffExecution pauses() {
		ExponentialBackOff backOff = new ExponentialBackOff(FIRST_PAUSE_MILLIS, 2);
		backOff.setMaxInterval(LONGEST_PAUSE_MILLIS);
		backOff.setJitter(FIRST_PAUSE_MILLIS / 2);
		return backOff.start();
	}

}

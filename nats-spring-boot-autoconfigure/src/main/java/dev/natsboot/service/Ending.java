package dev.natsboot.service;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * What an endpoint has let go of: its subscription ends, but requests may still be
 * handled.
 */
final class Ending {

	private static final Duration GRACE = Duration.ofSeconds(2);

	private final RequestWorkers workers;

	private final CompletableFuture<?> drained;

	/**
	 * Create an ending.
	 * @param drained completed when the last request was handed over
	 */
	Ending(RequestWorkers workers, CompletableFuture<?> drained) {
		this.workers = workers;
		this.drained = drained;
	}

	/**
	 * How long the hand-over may take.
	 */
	static Duration bound(Duration shutdownTimeout) {
		return shutdownTimeout.plus(GRACE);
	}

	boolean isHandledBy(Thread thread) {
		return this.workers.isHandledBy(thread);
	}

	/**
	 * Whether the thread takes no further request before it returns.
	 */
	boolean isHandledHere(Thread thread) {
		return this.workers.isHandledHere(thread);
	}

	boolean isOver() {
		return this.drained.isDone() && this.workers.isIdle();
	}

	/**
	 * Wait for the end. May be called on several threads: each waits.
	 * @param deadlineNanos when what isn't over is answered with an error
	 * @param caller the thread that stops the endpoint, and may finish what it handles
	 */
	void await(long deadlineNanos, Thread caller) {
		this.workers.lendPermit(caller);
		Waits.await(this.drained, deadlineNanos);
		this.workers.awaitIdle(deadlineNanos, caller);
		this.workers.reject(caller);
		Waits.await(this.drained, System.nanoTime() + GRACE.toNanos());
	}

}

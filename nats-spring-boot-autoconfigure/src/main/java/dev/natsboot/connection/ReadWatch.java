package dev.natsboot.connection;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * Notices that nothing was received for too long. A timeout of the socket would do the
 * same, but has the JDK ask the system twice more for each read.
 */
final class ReadWatch {

	private static final int LOOKS = 10;

	private static final SimpleAsyncTaskExecutor THREADS = threads();

	private final Executor soon;

	private final Runnable tooLong;

	private volatile boolean heard;

	private volatile boolean ended;

	private int silentLooks;

	/**
	 * Watch from now on.
	 * @param timeout how long nothing may be received; up to a tenth more passes
	 * @param tooLong called once, on a thread of its own
	 */
	ReadWatch(Duration timeout, Runnable tooLong) {
		this.soon = CompletableFuture.delayedExecutor(timeout.dividedBy(LOOKS).toNanos(), TimeUnit.NANOSECONDS,
				Runnable::run);
		this.tooLong = tooLong;
		this.soon.execute(this::look);
	}

	/**
	 * The common pool may be busy with what the application has it wait for.
	 */
	private static SimpleAsyncTaskExecutor threads() {
		SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor("nats-read-timeout-");
		threads.setDaemon(true);
		return threads;
	}

	/**
	 * Something was received.
	 */
	void heard() {
		if (!this.heard) {
			this.heard = true;
		}
	}

	/**
	 * Watch no longer.
	 */
	void end() {
		this.ended = true;
	}

	private void look() {
		if (this.ended) {
			return;
		}
		this.silentLooks = this.heard ? 0 : this.silentLooks + 1;
		this.heard = false;
		if (this.silentLooks > LOOKS) {
			THREADS.execute(this.tooLong);
		}
		else {
			this.soon.execute(this::look);
		}
	}

}

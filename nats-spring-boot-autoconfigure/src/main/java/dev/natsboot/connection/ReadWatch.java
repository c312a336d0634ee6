package dev.natsboot.connection;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Notices that nothing was received for too long. A timeout of the socket would do the
 * same, but has the JDK ask the system twice more for each read.
 */
final class ReadWatch {

	private static final int LOOKS = 10;

	private final Executor soon;

	private final Runnable tooLong;

	private volatile boolean heard;

	private volatile boolean ended;

	private int silentLooks;

	/**
	 * Watch from now on.
	 * @param timeout how long nothing may be received; up to a tenth more passes
	 * @param tooLong called once, on a thread that may block
	 */
	ReadWatch(Duration timeout, Runnable tooLong) {
		this.soon = CompletableFuture.delayedExecutor(timeout.dividedBy(LOOKS).toNanos(), TimeUnit.NANOSECONDS);
		this.tooLong = tooLong;
		this.soon.execute(this::look);
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
			this.tooLong.run();
		}
		else {
			this.soon.execute(this::look);
		}
	}

}

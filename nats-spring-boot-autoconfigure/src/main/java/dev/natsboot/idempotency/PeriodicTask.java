package dev.natsboot.idempotency;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Something that a store does again and again, from its first use until it is closed.
 */
final class PeriodicTask implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(PeriodicTask.class);

	private final AtomicBoolean started = new AtomicBoolean();

	private final ScheduledThreadPoolExecutor timer;

	private final Duration interval;

	private final Runnable task;

	PeriodicTask(String threadName, Duration interval, Runnable task) {
		CustomizableThreadFactory threads = new CustomizableThreadFactory(threadName + "-");
		threads.setDaemon(true);
		this.timer = new ScheduledThreadPoolExecutor(1, threads);
		this.interval = interval;
		this.task = task;
	}

	void ensureStarted() {
		if (!this.started.get() && this.started.compareAndSet(false, true)) {
			long nanos = this.interval.toNanos();
			this.timer.scheduleWithFixedDelay(this::run, nanos, nanos, TimeUnit.NANOSECONDS);
		}
	}

	private void run() {
		try {
			this.task.run();
		}
		catch (RuntimeException ex) {
			logger.warn("An idempotency store could not do its regular work, trying again in " + this.interval, ex);
		}
	}

	@Override
	public void close() {
		this.timer.shutdownNow();
	}

}

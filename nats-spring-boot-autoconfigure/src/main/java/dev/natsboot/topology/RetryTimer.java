package dev.natsboot.topology;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Runs a task again after a delay that grows from one second to half a minute. At most
 * one run is pending.
 */
final class RetryTimer {

	private final ExponentialBackOff backOff = new ExponentialBackOff(1000, 2);

	private final SimpleAsyncTaskExecutor executor;

	private final AtomicReference<@Nullable CompletableFuture<Void>> pending = new AtomicReference<>();

	private volatile BackOffExecution execution;

	RetryTimer(String name) {
		this.backOff.setMaxInterval(30_000);
		this.execution = this.backOff.start();
		this.executor = new SimpleAsyncTaskExecutor(name + "-");
		this.executor.setDaemon(true);
	}

	void schedule(Runnable task) {
		long delay = this.execution.nextBackOff();
		replace(CompletableFuture.runAsync(task,
				CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS, this.executor)));
	}

	/**
	 * Nothing is left to be tried again.
	 */
	void reset() {
		this.execution = this.backOff.start();
		replace(null);
	}

	private void replace(@Nullable CompletableFuture<Void> next) {
		CompletableFuture<Void> previous = this.pending.getAndSet(next);
		if (previous != null) {
			previous.cancel(false);
		}
	}

}

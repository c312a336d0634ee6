package dev.natsboot.core;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Threads for listeners, request handlers and callbacks, which may block. Has no bound of
 * its own, because each endpoint has one, and holds no thread for what is idle. Not an
 * {@link Executor} itself, as such a bean would keep Spring Boot from configuring the
 * application's own.
 */
public final class NatsExecutor implements AutoCloseable {

	private static final String PREFIX = "nats-task-";

	private static final long KEEP_ALIVE_SECONDS = 30;

	/** After the end: better on the caller's thread than never. */
	private static final RejectedExecutionHandler RUN_IN_CALLER = (task, pool) -> task.run();

	private final Executor executor;

	private final Runnable shutdown;

	private final boolean ordinary;

	private NatsExecutor(Executor executor, Runnable shutdown, boolean ordinary) {
		this.executor = executor;
		this.shutdown = shutdown;
		this.ordinary = ordinary;
	}

	/**
	 * Use daemon threads of the platform, which are kept for a while when they have
	 * nothing to do.
	 * @return the executor
	 */
	public static NatsExecutor platformThreads() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory(PREFIX);
		threads.setDaemon(true);
		ThreadPoolExecutor pool = new ThreadPoolExecutor(0, Integer.MAX_VALUE, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS,
				new SynchronousQueue<>(), threads, RUN_IN_CALLER);
		return new NatsExecutor(pool, pool::shutdown, true);
	}

	/**
	 * Use a virtual thread for each task.
	 * @return the executor
	 * @throws UnsupportedOperationException before Java 21
	 */
	public static NatsExecutor virtualThreads() {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor(PREFIX);
		executor.setVirtualThreads(true);
		return new NatsExecutor(executor, executor::close, false);
	}

	/**
	 * Use threads of the application, which are not ended with this object.
	 * @param executor has to offer a thread for each worker of each listener and request
	 * handler
	 * @return the executor
	 */
	public static NatsExecutor of(Executor executor) {
		return new NatsExecutor(executor, () -> {
		}, false);
	}

	/**
	 * Run a task on a thread that may block.
	 * @param task the task
	 */
	public void execute(Runnable task) {
		this.executor.execute(task);
	}

	/**
	 * Whether these are ordinary threads of the platform, so that a task may as well run
	 * on another one.
	 * @return {@code false} for virtual threads and for those of the application
	 */
	public boolean isOrdinary() {
		return this.ordinary;
	}

	/**
	 * Let idle threads end. Running tasks finish; further ones run on the thread that
	 * gives them.
	 */
	@Override
	public void close() {
		this.shutdown.run();
	}

}

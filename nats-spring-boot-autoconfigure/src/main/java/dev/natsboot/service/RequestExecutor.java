package dev.natsboot.service;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Runs request handlers. Has no bound of its own, because every endpoint has one. Not an
 * {@link Executor} bean by itself, as that would keep Spring Boot from configuring the
 * application's own.
 */
public final class RequestExecutor implements AutoCloseable {

	private static final String THREAD_NAME_PREFIX = "nats-request-";

	private final Executor executor;

	private final Runnable shutdown;

	private RequestExecutor(Executor executor, Runnable shutdown) {
		this.executor = executor;
		this.shutdown = shutdown;
	}

	/**
	 * Run handlers on daemon threads that are kept for a while.
	 * @return the executor
	 */
	public static RequestExecutor platformThreads() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory(THREAD_NAME_PREFIX);
		threads.setDaemon(true);
		ThreadPoolExecutor pool = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 30, TimeUnit.SECONDS,
				new SynchronousQueue<>(), threads);
		return new RequestExecutor(pool, pool::shutdown);
	}

	/**
	 * Run each request on a virtual thread, which needs Java 21.
	 * @return the executor
	 */
	public static RequestExecutor virtualThreads() {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor(THREAD_NAME_PREFIX);
		executor.setVirtualThreads(true);
		return new RequestExecutor(executor, executor::close);
	}

	/**
	 * Run handlers on an executor of the application.
	 * @param executor the executor, not closed with this object; one that refuses a
	 * request has it answered with an error of code 503
	 * @return the executor
	 */
	public static RequestExecutor of(Executor executor) {
		return new RequestExecutor(executor, () -> {
		});
	}

	void execute(Runnable task) {
		this.executor.execute(task);
	}

	@Override
	public void close() {
		this.shutdown.run();
	}

}

package dev.natsboot.listener;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Threads for the workers of all listeners: as many as there are busy workers, and none
 * for idle ones. Not an {@link Executor} itself, so that it isn't taken for the
 * application's own.
 */
public final class ListenerExecutor implements DisposableBean {

	private static final String PREFIX = "nats-listener-";

	private static final long KEEP_ALIVE_SECONDS = 10;

	private final Executor executor;

	private final Runnable shutdown;

	private ListenerExecutor(Executor executor, Runnable shutdown) {
		this.executor = executor;
		this.shutdown = shutdown;
	}

	/**
	 * Use platform threads, which are kept for a while when they have nothing to do.
	 * @return the executor
	 */
	public static ListenerExecutor platformThreads() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory(PREFIX);
		threads.setDaemon(true);
		ThreadPoolExecutor pool = new ThreadPoolExecutor(0, Integer.MAX_VALUE, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS,
				new SynchronousQueue<>(), threads);
		return new ListenerExecutor(pool, pool::shutdown);
	}

	/**
	 * Use virtual threads. Needs Java 21.
	 * @return the executor
	 */
	public static ListenerExecutor virtualThreads() {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor(PREFIX);
		executor.setVirtualThreads(true);
		return new ListenerExecutor(executor, executor::close);
	}

	/**
	 * Use threads of the application. They are not ended with this object.
	 * @param executor has to offer a thread for each worker of each listener
	 * @return the executor
	 */
	public static ListenerExecutor of(Executor executor) {
		return new ListenerExecutor(executor, () -> {
		});
	}

	Executor executor() {
		return this.executor;
	}

	@Override
	public void destroy() {
		this.shutdown.run();
	}

}

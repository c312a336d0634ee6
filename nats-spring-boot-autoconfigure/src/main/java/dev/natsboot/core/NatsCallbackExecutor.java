package dev.natsboot.core;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Where futures of the templates complete, so that code which depends on them may block:
 * never on a thread of the client, which has the replies of others to deliver. Threads
 * are made as they are needed, without a bound, are kept for 30 seconds, and don't keep
 * the JVM alive.
 * <p>
 * Deliberately no {@link Executor}: a bean of that type would take the place of Spring
 * Boot's application task executor.
 */
public final class NatsCallbackExecutor implements AutoCloseable {

	private static final String THREAD_NAME_PREFIX = "nats-callback-";

	/** After the end: better on a thread of the client than never. */
	private static final RejectedExecutionHandler RUN_IN_CALLER = (task, pool) -> task.run();

	private final Executor executor;

	private NatsCallbackExecutor(Executor executor) {
		this.executor = executor;
	}

	/**
	 * Create an executor of platform threads.
	 * @return the executor
	 */
	public static NatsCallbackExecutor platformThreads() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory(THREAD_NAME_PREFIX);
		threads.setDaemon(true);
		return new NatsCallbackExecutor(new ThreadPoolExecutor(0, Integer.MAX_VALUE, 30, TimeUnit.SECONDS,
				new SynchronousQueue<>(), threads, RUN_IN_CALLER));
	}

	/**
	 * Create an executor of virtual threads.
	 * @return the executor
	 * @throws UnsupportedOperationException before Java 21
	 */
	public static NatsCallbackExecutor virtualThreads() {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor(THREAD_NAME_PREFIX);
		executor.setVirtualThreads(true);
		return new NatsCallbackExecutor(executor);
	}

	/**
	 * Run a task on a thread that may block.
	 * @param task the task
	 */
	public void execute(Runnable task) {
		this.executor.execute(task);
	}

	/**
	 * Let idle threads end. Running tasks finish; further ones run on the thread that
	 * gives them.
	 */
	@Override
	public void close() {
		if (this.executor instanceof ExecutorService service) {
			service.shutdown();
		}
	}

}

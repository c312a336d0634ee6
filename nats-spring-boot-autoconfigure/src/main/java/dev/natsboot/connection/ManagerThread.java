package dev.natsboot.connection;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The one thread on which a manager calls its listeners. It is a daemon and ends when
 * there was nothing to do for a few seconds.
 */
class ManagerThread implements Executor {

	private static final long KEEP_ALIVE_SECONDS = 5;

	private final ThreadPoolExecutor executor;

	private volatile @Nullable Thread thread;

	ManagerThread(Supplier<String> name) {
		this.executor = new ThreadPoolExecutor(1, 1, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				(task) -> createThread(task, name.get()));
		this.executor.allowCoreThreadTimeOut(true);
	}

	private static Thread createThread(Runnable task, String name) {
		Thread thread = new Thread(task, "nats-" + name + "-events");
		thread.setDaemon(true);
		return thread;
	}

	@Override
	public void execute(Runnable task) {
		this.executor.execute(() -> {
			this.thread = Thread.currentThread();
			task.run();
		});
	}

	/**
	 * Wait until what was handed over so far is done, unless called on the thread itself.
	 */
	void awaitIdle(long timeout, TimeUnit unit) {
		if (Thread.currentThread() == this.thread) {
			return;
		}
		CountDownLatch done = new CountDownLatch(1);
		execute(done::countDown);
		try {
			done.await(timeout, unit);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}

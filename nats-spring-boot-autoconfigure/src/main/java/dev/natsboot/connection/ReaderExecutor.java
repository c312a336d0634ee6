package dev.natsboot.connection;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs the reader of a connection on a thread of its own, and tells when it has ended by
 * an exception. The client doesn't notice that: its connection would stay connected and
 * never receive anything again.
 */
final class ReaderExecutor extends AbstractExecutorService {

	private final String name;

	private final Consumer<Throwable> failed;

	private volatile boolean shutdown;

	ReaderExecutor(String name, Consumer<Throwable> failed) {
		this.name = name;
		this.failed = failed;
	}

	@Override
	protected <T> RunnableFuture<T> newTaskFor(Runnable task, T value) {
		return new FutureTask<>(task, value) {

			@Override
			protected void done() {
				if (!isCancelled()) {
					report(this);
				}
			}

		};
	}

	private void report(FutureTask<?> task) {
		try {
			task.get();
		}
		catch (ExecutionException ex) {
			this.failed.accept(ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Run on a new thread. A daemon, as the client's own threads keep the application
	 * alive.
	 */
	@Override
	public void execute(Runnable task) {
		Thread thread = new Thread(task, "nats-" + this.name + "-reader");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void shutdown() {
		this.shutdown = true;
	}

	@Override
	public List<Runnable> shutdownNow() {
		this.shutdown = true;
		return List.of();
	}

	@Override
	public boolean isShutdown() {
		return this.shutdown;
	}

	@Override
	public boolean isTerminated() {
		return this.shutdown;
	}

	@Override
	public boolean awaitTermination(long timeout, TimeUnit unit) {
		return this.shutdown;
	}

}

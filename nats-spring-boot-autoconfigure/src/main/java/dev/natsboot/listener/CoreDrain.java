package dev.natsboot.listener;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a dispatcher has handed over all that has come. With a connection the
 * client drains it. Without one that would wait for a connection, and closing the
 * dispatcher would interrupt the handler on its thread and throw away what waits.
 */
final class CoreDrain {

	private static final Duration INTERVAL = Duration.ofMillis(10);

	private final Connection connection;

	private final Dispatcher dispatcher;

	private final CoreWorkers workers;

	private final Duration timeout;

	private @Nullable Future<?> drained;

	/**
	 * Create it.
	 * @param timeout how long the client goes on with what has come
	 */
	CoreDrain(Connection connection, Dispatcher dispatcher, CoreWorkers workers, Duration timeout) {
		this.connection = connection;
		this.dispatcher = dispatcher;
		this.workers = workers;
		this.timeout = timeout;
	}

	/**
	 * Begin if there is a connection.
	 * @return whether the dispatcher ends by itself
	 */
	boolean begin() throws InterruptedException {
		if (this.drained == null && this.dispatcher.isActive()
				&& this.connection.getStatus() == Connection.Status.CONNECTED) {
			this.drained = this.dispatcher.drain(this.timeout);
		}
		return isDraining() || !this.dispatcher.isActive();
	}

	/**
	 * Whether the client ends the dispatcher. It wouldn't end one whose thread is gone,
	 * which keeps its place in the queue group.
	 */
	boolean isDraining() {
		return this.drained != null;
	}

	/**
	 * Wait for what has come, or for a connection and the client.
	 * @param deadline the end of the wait in terms of {@link System#nanoTime()}
	 * @return whether everything was handed over in time
	 */
	boolean await(long deadline) throws InterruptedException, ExecutionException {
		while (!begin()) {
			if (this.dispatcher.getPendingMessageCount() <= 0 && this.workers.count() == 0) {
				return true;
			}
			if (System.nanoTime() - deadline >= 0) {
				return false;
			}
			TimeUnit.NANOSECONDS.sleep(INTERVAL.toNanos());
		}
		return this.drained == null || isDone(this.drained, deadline);
	}

	private static boolean isDone(Future<?> drained, long deadline) throws InterruptedException, ExecutionException {
		try {
			drained.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
	}

}

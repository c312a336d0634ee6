package dev.natsboot.connection;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a dispatcher has handed over all that has come. With a connection the
 * client drains it. Without one that would wait for a connection, and closing the
 * dispatcher would interrupt the handler on its thread and throw away what waits.
 */
public final class DispatcherDrain {

	private static final Duration INTERVAL = Duration.ofMillis(10);

	private final Connection connection;

	private final Dispatcher dispatcher;

	private final BooleanSupplier idle;

	private final Duration timeout;

	private @Nullable Future<?> drained;

	/**
	 * Create a drain, which {@link #begin()} or {@link #await(long)} begins.
	 * @param connection the connection of the dispatcher
	 * @param dispatcher what to drain
	 * @param idle whether nothing that was handed over needs the dispatcher's thread any
	 * more
	 * @param timeout how long the client goes on with what has come
	 */
	public DispatcherDrain(Connection connection, Dispatcher dispatcher, BooleanSupplier idle, Duration timeout) {
		this.connection = connection;
		this.dispatcher = dispatcher;
		this.idle = idle;
		this.timeout = timeout;
	}

	/**
	 * Begin if there is a connection.
	 * @return whether the dispatcher ends by itself
	 * @throws InterruptedException when interrupted during the round trip to the server
	 */
	public boolean begin() throws InterruptedException {
		if (this.drained == null && this.dispatcher.isActive()
				&& this.connection.getStatus() == Connection.Status.CONNECTED) {
			this.drained = this.dispatcher.drain(this.timeout);
		}
		return isDraining() || !this.dispatcher.isActive();
	}

	/**
	 * Whether the client ends the dispatcher. It wouldn't end one whose thread is gone,
	 * which keeps its place in the queue group.
	 * @return {@code false} when the caller has to close the dispatcher
	 */
	public boolean isDraining() {
		return this.drained != null;
	}

	/**
	 * Wait for what has come, or for a connection and the client.
	 * @param deadline the end of the wait in terms of {@link System#nanoTime()}
	 * @return whether everything was handed over in time
	 * @throws InterruptedException when interrupted
	 * @throws ExecutionException when the client could not drain the dispatcher
	 */
	public boolean await(long deadline) throws InterruptedException, ExecutionException {
		while (!begin()) {
			if (this.dispatcher.getPendingMessageCount() <= 0 && this.idle.getAsBoolean()) {
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

package dev.natsboot.service;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import dev.natsboot.core.NatsExecutor;
import io.nats.client.Message;
import io.nats.client.MessageHandler;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Handles requests, as many at a time as the endpoint allows: on the client's thread that
 * belongs to the endpoint where it is one at a time, else on threads of the executor, and
 * always on these when they are virtual or the application's. The others wait in the NATS
 * client's queue, where slow consumers are noticed. Serves from one start of an endpoint
 * to its stop.
 */
final class RequestWorkers implements MessageHandler {

	private static final Log logger = LogFactory.getLog(RequestWorkers.class);

	private final RequestContext context;

	private final NatsExecutor executor;

	private final boolean here;

	private final Semaphore permits;

	private final Consumer<RequestTask> done = this::done;

	private final Set<RequestTask> tasks = ConcurrentHashMap.newKeySet();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private volatile boolean rejecting;

	/** Whether the client's thread is here. */
	private volatile boolean receiving;

	RequestWorkers(RequestContext context, NatsExecutor executor) {
		this.context = context;
		this.executor = executor;
		this.here = context.endpoint().concurrency() == 1 && executor.isOrdinary();
		this.permits = new Semaphore(context.endpoint().concurrency());
	}

	/**
	 * An interrupt would end the client's thread, and nobody else would take requests: it
	 * is meant for what is handled, as the client has another sign for the thread's end.
	 */
	@Override
	public void onMessage(Message request) {
		this.receiving = true;
		RequestTask task = new RequestTask(request, this.context, this.done, this.lock);
		this.tasks.add(task);
		try {
			handle(task);
		}
		catch (InterruptedException ex) {
			logger.debug("Interrupted while a request to " + this.context.endpoint() + " waited", ex);
			task.abandon();
		}
		finally {
			this.receiving = false;
			Thread.interrupted();
		}
	}

	private void handle(RequestTask task) throws InterruptedException {
		if (!this.rejecting) {
			this.permits.acquire();
			task.admit();
		}
		if (this.rejecting) {
			task.abandon();
		}
		else if (this.here) {
			task.run();
		}
		else {
			execute(task);
		}
	}

	private void execute(RequestTask task) {
		try {
			this.executor.execute(task);
		}
		catch (RejectedExecutionException ex) {
			task.abandon();
		}
		catch (RuntimeException | Error ex) {
			logger.error("No thread for a request to " + this.context.endpoint() + ", which is refused", ex);
			task.abandon();
		}
	}

	private void done(RequestTask task) {
		this.tasks.remove(task);
		if (task.isAdmitted()) {
			this.permits.release();
		}
		this.lock.lock();
		try {
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Whether the caller is a handler on the client's thread, which takes no further
	 * request before it returns.
	 * @param caller the thread that stops the endpoint
	 */
	boolean isHandledHere(Thread caller) {
		return this.here && isHandledBy(caller);
	}

	/**
	 * Whether a thread is handling a request.
	 */
	boolean isHandledBy(Thread caller) {
		return this.tasks.stream().anyMatch((task) -> task.runsOn(caller));
	}

	/**
	 * Whether a request is being handed over, or handled, on the client's thread.
	 */
	boolean isReceiving() {
		return this.receiving;
	}

	boolean isIdle() {
		return this.tasks.isEmpty();
	}

	/**
	 * Let a handler that stops its own endpoint give its permit to those that wait.
	 * @param caller the thread that stops the endpoint
	 */
	void lendPermit(Thread caller) {
		if (isHandledBy(caller)) {
			this.permits.release();
		}
	}

	/**
	 * Wait until no request is handled, other than by the caller itself.
	 * @param deadlineNanos the end of the wait in terms of {@link System#nanoTime()}
	 * @param caller the thread that stops the endpoint
	 */
	void awaitIdle(long deadlineNanos, Thread caller) {
		this.lock.lock();
		try {
			long remaining = deadlineNanos - System.nanoTime();
			while (remaining > 0 && !this.tasks.stream().allMatch((task) -> task.runsOn(caller))) {
				remaining = this.changed.awaitNanos(remaining);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Answer what is handled or waits with an error, from now on.
	 * @param caller the thread that stops the endpoint, and may finish what it handles
	 */
	void reject(Thread caller) {
		this.rejecting = true;
		this.permits.release();
		this.tasks.stream().filter((task) -> !task.runsOn(caller)).forEach(RequestTask::abandon);
	}

}

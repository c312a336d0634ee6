package dev.natsboot.service;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;

import io.micrometer.observation.Observation;
import io.nats.client.Message;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way from the handler to the reply. It is answered once, whichever
 * comes first: the handler's result, its failure, or the end of the time to stop.
 */
final class RequestTask implements Runnable {

	private static final Log logger = LogFactory.getLog(RequestTask.class);

	private static final AtomicIntegerFieldUpdater<RequestTask> ANSWERED = AtomicIntegerFieldUpdater
		.newUpdater(RequestTask.class, "answered");

	private final Message request;

	private final RequestContext context;

	private final Consumer<RequestTask> whenDone;

	/** What runs is interrupted, and nothing that runs after it on the same thread. */
	private final Lock lock;

	/** 1 from when somebody answers. */
	private volatile int answered;

	private volatile @Nullable Thread runner;

	private volatile @Nullable CompletionStage<?> promise;

	private volatile Observation observation = Observation.NOOP;

	private volatile boolean admitted;

	private volatile long startNanos;

	RequestTask(Message request, RequestContext context, Consumer<RequestTask> whenDone, Lock lock) {
		this.request = request;
		this.context = context;
		this.whenDone = whenDone;
		this.lock = lock;
	}

	void admit() {
		this.admitted = true;
	}

	boolean isAdmitted() {
		return this.admitted;
	}

	boolean runsOn(Thread thread) {
		return this.runner == thread;
	}

	/**
	 * Answer that the service is stopping, and interrupt the handler if it runs.
	 */
	void abandon() {
		if (ANSWERED.compareAndSet(this, 0, 1)) {
			ServiceError stopping = this.context.errors().sendStopping(this.request);
			record(() -> this.observation.error(new CancellationException(stopping.text())));
			finish(stopping);
			interrupt();
			cancelPromise();
		}
	}

	private void interrupt() {
		this.lock.lock();
		try {
			Thread thread = this.runner;
			if (thread != null) {
				thread.interrupt();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void run() {
		if (begin()) {
			try {
				handle();
			}
			catch (Throwable ex) {
				unobserved(ex);
			}
			finally {
				end();
			}
		}
	}

	/**
	 * From now on a stop interrupts this thread.
	 * @return whether the request is still to be handled
	 */
	private boolean begin() {
		this.lock.lock();
		try {
			boolean open = this.answered == 0;
			if (open) {
				this.runner = Thread.currentThread();
			}
			return open;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void end() {
		this.lock.lock();
		try {
			this.runner = null;
		}
		finally {
			this.lock.unlock();
		}
	}

	@SuppressWarnings("try")
	private void handle() {
		this.startNanos = System.nanoTime();
		Observation current = this.context.observe(this.request);
		this.observation = current;
		try (Observation.Scope scope = current.openScope()) {
			handleInScope();
		}
	}

	private void handleInScope() {
		try {
			Object result = call();
			CompletionStage<?> stage = AsyncResults.promise(result);
			if (stage == null) {
				settle(result, null);
			}
			else {
				follow(stage);
			}
		}
		catch (Throwable ex) {
			settle(null, ex);
		}
	}

	/**
	 * On an interrupted thread the client would drop the reply.
	 */
	private @Nullable Object call() throws Throwable {
		try {
			return this.context.endpoint().handler().handle(this.request);
		}
		finally {
			if (Thread.interrupted()) {
				logger.debug("The handler of " + this.context.endpoint() + " has left its thread interrupted");
			}
		}
	}

	private void follow(CompletionStage<?> stage) {
		this.promise = stage;
		stage.whenComplete(this::settleInScope);
		if (this.answered != 0) {
			cancelPromise();
		}
	}

	private void cancelPromise() {
		CompletionStage<?> stage = this.promise;
		if (stage == null) {
			return;
		}
		try {
			stage.toCompletableFuture().cancel(true);
		}
		catch (UnsupportedOperationException ex) {
			logger.debug("Result of " + this.context.endpoint() + " can't be cancelled", ex);
		}
	}

	private void settleInScope(@Nullable Object result, @Nullable Throwable failure) {
		try {
			this.observation.scoped(() -> settle(result, failure));
		}
		catch (Throwable ex) {
			unobserved(ex);
		}
	}

	private void unobserved(Throwable failure) {
		if (!settle(null, failure)) {
			logger.error("The observation of a request to " + this.context.endpoint() + " failed", failure);
		}
	}

	/**
	 * Answer, unless that was done.
	 * @return whether it wasn't
	 */
	private boolean settle(@Nullable Object result, @Nullable Throwable failure) {
		boolean first = ANSWERED.compareAndSet(this, 0, 1);
		if (first) {
			finish((failure != null) ? fail(ErrorReplies.unwrap(failure)) : succeed(result));
		}
		return first;
	}

	private @Nullable ServiceError succeed(@Nullable Object result) {
		try {
			this.context.replies().send(this.request, result);
			return null;
		}
		catch (RuntimeException | Error ex) {
			logger.error("Reply of " + this.context.endpoint() + " could not be sent", ex);
			record(() -> this.observation.error(ex));
			return this.context.errors().sendNoReply(this.request);
		}
	}

	private ServiceError fail(Throwable failure) {
		record(() -> this.observation.error(failure));
		ServiceError error = this.context.errors().send(this.request, failure);
		if (error.code() >= ServiceError.INTERNAL) {
			logger.error("Failure in " + this.context.endpoint() + ", answered with code " + error.code(), failure);
		}
		else if (logger.isDebugEnabled()) {
			logger.debug("Refused by " + this.context.endpoint() + ", answered with code " + error.code(), failure);
		}
		return error;
	}

	private void finish(@Nullable ServiceError error) {
		record(() -> this.context.count((this.startNanos != 0) ? System.nanoTime() - this.startNanos : -1, error));
		record(this.observation::stop);
		this.whenDone.accept(this);
	}

	/**
	 * Whatever watches requests must neither keep one from being answered nor the next
	 * ones from being handled.
	 */
	private void record(Runnable action) {
		try {
			action.run();
		}
		catch (RuntimeException | Error ex) {
			logger.error("A request to " + this.context.endpoint() + " could not be recorded", ex);
		}
	}

}

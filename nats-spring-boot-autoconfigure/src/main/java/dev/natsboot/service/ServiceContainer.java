package dev.natsboot.service;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

import dev.natsboot.core.EndpointState;
import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.core.NatsExecutor;
import io.nats.client.Connection;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The container of one endpoint. Its lock is never held while something is awaited.
 */
final class ServiceContainer implements RequestHandlerContainer {

	private static final Log logger = LogFactory.getLog(ServiceContainer.class);

	private final ReentrantLock lock = new ReentrantLock();

	private final RequestContext context;

	private final NatsService service;

	private final NatsExecutor executor;

	private final Duration shutdownTimeout;

	private @Nullable RequestWorkers workers;

	private @Nullable Intake intake;

	private boolean paused;

	private volatile EndpointState state = EndpointState.of(Status.STOPPED);

	ServiceContainer(RequestContext context, NatsService service, NatsExecutor executor, Duration shutdownTimeout) {
		this.context = context;
		this.service = service;
		this.executor = executor;
		this.shutdownTimeout = shutdownTimeout;
	}

	@Override
	public String getId() {
		return getEndpoint().id();
	}

	@Override
	public RequestEndpoint getEndpoint() {
		return this.context.endpoint();
	}

	@Override
	public ServiceInstance getService() {
		return this.service.instance();
	}

	@Override
	public String getConnectionName() {
		return this.service.manager().name();
	}

	@Override
	public EndpointState getState() {
		return this.state;
	}

	@Override
	public ServiceStats.Endpoint getStats() {
		return this.context.counters().read(getEndpoint());
	}

	@Override
	public boolean isRunning() {
		this.lock.lock();
		try {
			return this.workers != null;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public boolean isPaused() {
		this.lock.lock();
		try {
			return this.paused;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void start() {
		begin();
		Waits.flush(this.service.manager());
	}

	/**
	 * Start without waiting for the server to have seen the subscription.
	 */
	void begin() {
		this.lock.lock();
		try {
			this.paused = false;
			if (this.workers != null) {
				return;
			}
			this.workers = new RequestWorkers(this.context, this.executor);
			this.state = EndpointState.of(Status.STARTING);
		}
		finally {
			this.lock.unlock();
		}
		this.service.started(this);
	}

	@Override
	public void stop() {
		stopping(false).await(Thread.currentThread());
	}

	@Override
	public void pause() {
		if (isRunning()) {
			stopping(true).await(Thread.currentThread());
		}
	}

	@Override
	public void resume() {
		if (isPaused()) {
			start();
		}
	}

	/**
	 * Subscribe, when the container has been started and isn't subscribed yet.
	 * @param connection the live connection
	 */
	void attach(Connection connection) {
		this.lock.lock();
		try {
			if (this.workers != null && (this.intake == null || !this.intake.isOn(connection))) {
				this.intake = subscribe(connection, this.workers);
				this.state = EndpointState.of(Status.RUNNING);
			}
		}
		catch (RuntimeException ex) {
			logger.warn("Subscription of " + getEndpoint() + " failed, trying again when the connection is back", ex);
			recovering(String.valueOf(ex.getMessage()));
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The client has made its subscriptions again. If the server still refuses this one,
	 * it says so after this.
	 * @param connection the live connection
	 */
	void resubscribed(Connection connection) {
		this.lock.lock();
		try {
			if (this.workers != null && this.intake != null && this.state.isFailing()) {
				this.state = EndpointState.of(Status.RUNNING);
			}
			attach(connection);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The server reported an error; it may be about the subscription.
	 * @param error the server's text, such as
	 * {@code Permissions Violation for Subscription to "orders.get"}
	 */
	void serverError(String error) {
		this.lock.lock();
		try {
			if (this.workers != null && error.contains('"' + getEndpoint().subject() + '"')
					&& error.contains("Subscription")) {
				recovering(error);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Forget the subscription of a connection that is gone.
	 */
	void detach() {
		this.lock.lock();
		try {
			if (this.workers != null) {
				this.intake = null;
				recovering("Connection was closed, waiting for its replacement");
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The container won't be started again.
	 */
	void discard() {
		this.service.remove(this);
		this.context.metrics().close();
	}

	private Intake subscribe(Connection connection, RequestWorkers workers) {
		Intake intake = new Intake(connection, workers);
		try {
			intake.subscribe(getEndpoint().subject(), getEndpoint().queue());
			String instanceSubject = this.service.instanceSubject(getEndpoint());
			if (instanceSubject != null) {
				intake.subscribe(instanceSubject, null);
			}
			return intake;
		}
		catch (RuntimeException ex) {
			intake.close();
			throw ex;
		}
	}

	private void recovering(String error) {
		this.state = new EndpointState(Status.RECOVERING, Instant.now(), error, this.state.attempts() + 1);
	}

	/**
	 * Begin to stop. Returns at once, so that many containers can stop together.
	 * @param pause whether to be paused afterwards
	 * @return what is to be awaited
	 */
	Stopping stopping(boolean pause) {
		this.lock.lock();
		try {
			Stopping stopping = new Stopping(this.workers, this.intake, System.nanoTime());
			if (this.workers != null) {
				this.state = EndpointState.of(Status.STOPPING);
			}
			this.paused = pause;
			this.workers = null;
			this.intake = null;
			return stopping;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void stopped() {
		this.lock.lock();
		try {
			if (this.workers == null) {
				this.state = EndpointState.of(this.paused ? Status.PAUSED : Status.STOPPED);
			}
		}
		finally {
			this.lock.unlock();
		}
		this.service.stopped();
	}

	/**
	 * A stop on its way.
	 */
	final class Stopping {

		private static final Duration GRACE = Duration.ofSeconds(2);

		private final @Nullable RequestWorkers workers;

		private final long deadlineNanos;

		private final CompletableFuture<?> drained;

		private Stopping(@Nullable RequestWorkers workers, @Nullable Intake intake, long nowNanos) {
			this.workers = workers;
			this.deadlineNanos = nowNanos + ServiceContainer.this.shutdownTimeout.toNanos();
			this.drained = (intake != null) ? drain(intake) : CompletableFuture.completedFuture(null);
		}

		private CompletableFuture<?> drain(Intake intake) {
			Duration bound = ServiceContainer.this.shutdownTimeout.plus(GRACE);
			return CompletableFuture.supplyAsync(() -> intake.drain(bound), ServiceContainer.this.executor::execute)
				.thenCompose((handedOver) -> handedOver);
		}

		/**
		 * Wait until the endpoint has stopped. A handler that keeps the client's thread
		 * can't: the requests that came before the stop wait for it to return.
		 * @param caller the thread that stops the endpoint
		 */
		void await(Thread caller) {
			if (this.workers == null) {
				ServiceContainer.this.stopped();
			}
			else if (this.workers.isHandledHere(caller)) {
				ServiceContainer.this.executor.execute(() -> await(this.workers, Thread.currentThread()));
			}
			else {
				await(this.workers, caller);
			}
		}

		private void await(RequestWorkers workers, Thread caller) {
			workers.lendPermit(caller);
			Waits.await(this.drained, this.deadlineNanos);
			workers.awaitIdle(this.deadlineNanos, caller);
			workers.reject(caller);
			Waits.await(this.drained, System.nanoTime() + GRACE.toNanos());
			ServiceContainer.this.stopped();
		}

	}

}

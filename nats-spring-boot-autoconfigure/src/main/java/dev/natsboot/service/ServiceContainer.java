package dev.natsboot.service;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import dev.natsboot.connection.NatsServerErrorEvent;
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

	/** What was let go of, and nobody has seen the end of. */
	private final Set<Ending> endings = ConcurrentHashMap.newKeySet();

	private @Nullable RequestWorkers workers;

	private @Nullable Intake intake;

	private boolean paused;

	/** Whether the server has refused the subscription since the connection came. */
	private boolean refused;

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
		stopping(true).await(Thread.currentThread());
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
				this.refused = false;
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
	 * The connection was lost, and will be back or be replaced.
	 */
	void lost() {
		this.lock.lock();
		try {
			this.refused = false;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The client has made its subscriptions again. The server's answer to this one may be
	 * here first.
	 * @param connection the live connection
	 */
	void resubscribed(Connection connection) {
		this.lock.lock();
		try {
			if (this.workers != null && this.intake != null && this.state.isFailing() && !this.refused) {
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
	 * @param event what it reported
	 */
	void serverError(NatsServerErrorEvent event) {
		this.lock.lock();
		try {
			if (this.workers != null && event.refusesSubscription(getEndpoint().subject(), getEndpoint().queue())) {
				this.refused = true;
				recovering(event.getError());
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
		intake.describe(this.service.manager(), getEndpoint().subject());
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
	 * @param pause whether to be paused afterwards, unless it is stopped already
	 * @return what is to be awaited
	 */
	Stopping stopping(boolean pause) {
		this.lock.lock();
		try {
			this.paused = pause && (this.paused || this.workers != null);
			Ending own = (this.workers != null) ? letGo(this.workers) : null;
			return new Stopping(own, List.copyOf(this.endings), System.nanoTime());
		}
		finally {
			this.lock.unlock();
		}
	}

	private Ending letGo(RequestWorkers workers) {
		Ending ending = new Ending(workers,
				(this.intake != null) ? drain(this.intake, workers) : CompletableFuture.completedFuture(null));
		this.state = EndpointState.of(Status.STOPPING);
		this.workers = null;
		this.intake = null;
		this.endings.removeIf(Ending::isOver);
		this.endings.add(ending);
		return ending;
	}

	private CompletableFuture<?> drain(Intake intake, RequestWorkers workers) {
		Duration bound = Ending.bound(this.shutdownTimeout);
		return CompletableFuture.runAsync(() -> intake.drain(() -> !workers.isReceiving(), bound), this::execute);
	}

	/**
	 * A stop waits for handlers, and so takes none of the threads that they may need.
	 */
	private void execute(Runnable task) {
		Thread thread = new Thread(task, "nats-service-stop-" + getId());
		thread.setDaemon(true);
		thread.start();
	}

	private void stopped() {
		this.lock.lock();
		try {
			Status status = this.paused ? Status.PAUSED : Status.STOPPED;
			if (this.workers == null && this.state.status() != status) {
				this.state = EndpointState.of(status);
			}
		}
		finally {
			this.lock.unlock();
		}
		this.service.stopped();
	}

	/**
	 * A stop on its way. It waits for all that the endpoint has let go of, whoever began
	 * that.
	 */
	final class Stopping {

		private final @Nullable Ending own;

		private final List<Ending> all;

		private final long deadlineNanos;

		private Stopping(@Nullable Ending own, List<Ending> all, long nowNanos) {
			this.own = own;
			this.all = all;
			this.deadlineNanos = nowNanos + ServiceContainer.this.shutdownTimeout.toNanos();
		}

		/**
		 * Wait until the endpoint has stopped. A handler waits only for what it has let
		 * go of itself: others that stop the endpoint would wait for that handler.
		 * @param caller the thread that stops the endpoint
		 */
		void await(Thread caller) {
			if (this.all.stream().noneMatch((each) -> each.isHandledBy(caller))) {
				this.all.forEach((each) -> await(each, caller));
				ServiceContainer.this.stopped();
			}
			else if (this.own != null) {
				awaitOwn(this.own, caller);
			}
			else if (getState().status() != Status.STOPPING) {
				ServiceContainer.this.stopped();
			}
		}

		/**
		 * A handler that keeps the client's thread can't: the requests that came before
		 * the stop wait for it to return.
		 */
		private void awaitOwn(Ending ending, Thread caller) {
			if (ending.isHandledHere(caller)) {
				execute(() -> awaitOwn(ending, Thread.currentThread()));
				return;
			}
			await(ending, caller);
			ServiceContainer.this.stopped();
		}

		private void await(Ending ending, Thread caller) {
			ending.await(this.deadlineNanos, caller);
			if (!ending.isHandledBy(caller)) {
				ServiceContainer.this.endings.remove(ending);
			}
		}

	}

}

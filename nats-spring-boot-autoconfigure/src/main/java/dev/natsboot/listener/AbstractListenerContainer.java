package dev.natsboot.listener;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import dev.natsboot.connection.ConnectionLifecycleListener;
import dev.natsboot.core.EndpointState;
import dev.natsboot.core.EndpointState.Status;
import io.nats.client.Connection;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The life of a container: it attaches to each connection that comes, tries again when
 * that fails, detaches when it is stopped or paused, and always tells what it is doing.
 */
abstract class AbstractListenerContainer implements ListenerContainer, ConnectionLifecycleListener {

	protected final Log logger = LogFactory.getLog(getClass());

	private final NatsListenerEndpoint endpoint;

	private final ListenerServices services;

	private final ReentrantLock lock = new ReentrantLock();

	private final RecoveryBackOff backOff = new RecoveryBackOff();

	private final Endings endings = new Endings();

	private volatile EndpointState state = EndpointState.of(Status.STOPPED);

	private volatile boolean running;

	private volatile boolean paused;

	private @Nullable Connection connection;

	private @Nullable ScheduledFuture<?> retry;

	AbstractListenerContainer(NatsListenerEndpoint endpoint, ListenerServices services) {
		this.endpoint = endpoint;
		this.services = services;
	}

	/**
	 * Subscribe. Called with the lock held, never twice without a detach between.
	 */
	abstract void attach(Connection connection) throws Exception;

	/**
	 * Let go in an orderly way. Called with the lock held; the end is awaited without it.
	 * @return the end of it
	 */
	abstract Ending detach();

	/**
	 * Let go of what belongs to a lost connection. Called with the lock held.
	 */
	abstract void abandon();

	/**
	 * Every later stop waits for the end of what was let go of. Called with the lock
	 * held.
	 */
	final void ending(Ending ending) {
		this.endings.add(ending, Thread.currentThread());
	}

	/**
	 * The connection was lost, and will be back or be replaced. Called with the lock
	 * held.
	 */
	void lost() {
	}

	/**
	 * The container was stopped. Called with the lock held.
	 */
	void released() {
	}

	/**
	 * The container will never be started again.
	 */
	void closed() {
	}

	/**
	 * The connection is back, with its subscriptions. Called with the lock held.
	 */
	abstract void resubscribed();

	@Override
	public final String getId() {
		return this.endpoint.id();
	}

	@Override
	public final NatsListenerEndpoint getEndpoint() {
		return this.endpoint;
	}

	@Override
	public final String getConnectionName() {
		return this.services.connections().name();
	}

	@Override
	public final EndpointState getState() {
		return this.state;
	}

	final ListenerServices services() {
		return this.services;
	}

	@Override
	public final boolean isAutoStartup() {
		return this.endpoint.autoStartup();
	}

	@Override
	public final boolean isRunning() {
		return this.running;
	}

	@Override
	public final boolean isPaused() {
		return this.paused;
	}

	@Override
	public final void start() {
		if (!locked(this::begin)) {
			return;
		}
		this.services.connections().addListener(this);
		locked(() -> {
			if (this.state.status() == Status.STARTING) {
				tryAttach();
			}
			return null;
		});
	}

	private boolean begin() {
		if (this.running) {
			return false;
		}
		this.running = true;
		this.state = EndpointState.of(this.paused ? Status.PAUSED : Status.STARTING);
		return true;
	}

	@Override
	public final void stop() {
		stop(Thread.currentThread());
	}

	final void stop(Thread caller) {
		try {
			locked(() -> {
				if (this.running) {
					end(caller);
				}
				return null;
			});
		}
		finally {
			if (this.endings.await(this.services.shutdownTimeout(), caller)) {
				locked(this::ended);
			}
		}
	}

	private void end(Thread caller) {
		this.running = false;
		this.connection = null;
		this.state = EndpointState.of(Status.STOPPING);
		try {
			this.services.connections().removeListener(this);
		}
		finally {
			released();
			this.endings.add(detach(), caller);
		}
	}

	private @Nullable Void ended() {
		if (!this.running && this.state.status() == Status.STOPPING) {
			this.state = EndpointState.of(Status.STOPPED);
		}
		return null;
	}

	/**
	 * Give up the meters of this container.
	 */
	final void close() {
		this.services.metrics().close();
		closed();
	}

	@Override
	public final void pause() {
		Thread caller = Thread.currentThread();
		locked(() -> {
			if (this.running && !this.paused) {
				this.state = EndpointState.of(Status.PAUSED);
				this.endings.add(detach(), caller);
			}
			this.paused = true;
			return null;
		});
		this.endings.await(this.services.shutdownTimeout(), caller);
	}

	@Override
	public final void resume() {
		locked(() -> {
			if (this.paused) {
				this.paused = false;
				this.state = this.running ? EndpointState.of(Status.STARTING) : this.state;
				tryAttach();
			}
			return null;
		});
	}

	@Override
	public final void onConnected(Connection connected) {
		locked(() -> {
			if (this.connection != connected) {
				abandon();
				this.connection = connected;
				tryAttach();
			}
			return null;
		});
	}

	@Override
	public final void onResubscribed(Connection resubscribed) {
		locked(() -> {
			if (this.running && !this.paused && this.connection == resubscribed) {
				this.backOff.reset();
				resubscribed();
			}
			return null;
		});
	}

	@Override
	public final void onDisconnected(Connection disconnected) {
		locked(() -> {
			lost();
			if (this.state.status() == Status.RUNNING) {
				this.state = new EndpointState(Status.RECOVERING, Instant.now(), "The connection was lost", 0);
			}
			return null;
		});
	}

	@Override
	public final void onClosed(Connection closed) {
		onDisconnected(closed);
	}

	/**
	 * Attach when everything that this needs is there. Called with the lock held.
	 */
	final void tryAttach() {
		Connection current = this.connection;
		if (!this.running || this.paused || current == null || isAway(current)) {
			return;
		}
		try {
			attach(current);
			attached();
		}
		catch (Exception | Error ex) {
			failed(ex);
		}
	}

	/**
	 * When the connection is back, it says so: until then an attempt would only keep that
	 * from being heard.
	 */
	private boolean isAway(Connection connection) {
		return this.state.status() == Status.RECOVERING && connection.getStatus() != Connection.Status.CONNECTED;
	}

	/**
	 * Messages come. Called with the lock held.
	 */
	final void attached() {
		if (this.state.status() != Status.RUNNING) {
			this.state = EndpointState.of(Status.RUNNING);
		}
	}

	/**
	 * Something keeps this container from receiving: say so, and try again later. Called
	 * with the lock held.
	 */
	final void failed(Throwable failure) {
		Duration delay = this.backOff.next();
		String text = (failure.getMessage() != null) ? failure.getMessage() : failure.toString();
		if (this.backOff.attempts() == 1) {
			this.logger.warn("Listener '" + getId() + "' can't receive, trying again: " + text);
		}
		this.state = new EndpointState(Status.RECOVERING, Instant.now(), text, this.backOff.attempts());
		tryAgainAfter(delay);
	}

	/**
	 * The server lets nothing come, and trying again would not change that: say so until
	 * the connection is another or back. Called with the lock held.
	 */
	final void refused(String error) {
		this.state = new EndpointState(Status.RECOVERING, Instant.now(), error, 0);
	}

	/**
	 * There is never more than one attempt planned.
	 */
	private void tryAgainAfter(Duration delay) {
		if (this.retry != null) {
			this.retry.cancel(false);
		}
		this.retry = this.services.timer().schedule(() -> handOver(delay), delay.toNanos(), TimeUnit.NANOSECONDS);
	}

	private void handOver(Duration delay) {
		try {
			this.services.executor().execute(this::tryAgain);
		}
		catch (RejectedExecutionException | Error ex) {
			this.logger.debug("Listener '" + getId() + "' got no thread, trying again in " + delay, ex);
			locked(() -> {
				if (this.running) {
					tryAgainAfter(delay);
				}
				return null;
			});
		}
	}

	private void tryAgain() {
		locked(() -> {
			if (this.state.status() == Status.RECOVERING && this.state.attempts() > 0) {
				tryAttach();
			}
			return null;
		});
	}

	final <T extends @Nullable Object> T locked(Supplier<T> action) {
		this.lock.lock();
		try {
			return action.get();
		}
		finally {
			this.lock.unlock();
		}
	}

}

package dev.natsboot.connection;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanNameAware;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationEventPublisherAware;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.Assert;

/**
 * Owns one connection to NATS for the life of the application: makes it when the
 * application starts or as soon as NATS is there, makes a new one when it was closed for
 * good, and drains it at the end. Short losses are handled by the client's own
 * reconnecting. Can be stopped and started again.
 *
 * @see #builder()
 * @see #of(Connection)
 */
public class NatsConnectionManager
		implements SmartLifecycle, BeanNameAware, ApplicationEventPublisherAware, DisposableBean {

	private static final Log logger = LogFactory.getLog(NatsConnectionManager.class);

	private final Connection proxy = new ConnectionProxy.ForConnection(this).create();

	private final StateHolder state = new StateHolder();

	private final Counters counters = new Counters();

	private final DispatcherSubjects subjects = new DispatcherSubjects();

	private final Requests requests = new Requests(this);

	private final ReentrantLock lifecycle = new ReentrantLock();

	private final Duration drainTimeout;

	private final BiFunction<String, ConnectionEvents, ConnectionKeeper> keepers;

	private final ManagerThread thread;

	private final ListenerDispatch dispatch;

	private volatile @Nullable ConnectionKeeper keeper;

	private volatile boolean startedBefore;

	private @Nullable String name;

	private @Nullable ApplicationEventPublisher publisher;

	NatsConnectionManager(@Nullable String name, Duration drainTimeout,
			BiFunction<String, ConnectionEvents, ConnectionKeeper> keepers) {
		this.name = name;
		this.drainTimeout = drainTimeout;
		this.keepers = keepers;
		this.thread = new ManagerThread(this::name);
		this.dispatch = new ListenerDispatch(this.thread, this::adoption);
	}

	/**
	 * Build a manager that makes its connections itself.
	 * @return a builder with the library's defaults
	 */
	public static NatsConnectionManagerBuilder builder() {
		return new NatsConnectionManagerBuilder();
	}

	/**
	 * Let listeners and templates follow a connection that the application made itself.
	 * The manager neither drains nor closes nor replaces it.
	 * @param connection the application's connection
	 * @return the manager
	 */
	public static NatsConnectionManager of(Connection connection) {
		Assert.notNull(connection, "'connection' must not be null");
		return new NatsConnectionManager(null, Duration.ZERO, (name, events) -> new ExternalKeeper(connection, events));
	}

	@Override
	public void setBeanName(String name) {
		if (this.name == null) {
			this.name = name;
		}
	}

	@Override
	public void setApplicationEventPublisher(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	/**
	 * The name that {@code connection} attributes and health use.
	 * @return the bean name of this manager
	 */
	public String name() {
		return (this.name != null) ? this.name : "nats";
	}

	/**
	 * A connection that can be injected before NATS is there and stays valid when the
	 * client's own is replaced. Until there is a connection, its methods throw a
	 * {@link NatsNotConnectedException}, except {@link Connection#getStatus()}.
	 * {@link Connection#close()} does nothing: the connection is shared, and this manager
	 * closes it. Connection listeners that are added to it are forgotten when the
	 * connection is replaced: use {@link #addListener} or the application's events.
	 * @return the proxy, always the same
	 */
	public Connection connection() {
		return this.proxy;
	}

	/**
	 * The client's connection of this moment, for code that runs per message and doesn't
	 * want a proxy in its way. Starts the manager when it wasn't started before.
	 * @return the connection, possibly reconnecting
	 * @throws NatsNotConnectedException when there was no connection yet, or it is being
	 * replaced, or the manager was stopped
	 */
	public Connection current() {
		Adoption adoption = adoption();
		if (adoption == null && !this.startedBefore) {
			start();
			adoption = adoption();
		}
		if (adoption == null) {
			throw notConnected();
		}
		return adoption.connection();
	}

	private NatsNotConnectedException notConnected() {
		ConnectionKeeper keeper = this.keeper;
		ConnectionState now = this.state.get();
		if (keeper == null) {
			return new NatsNotConnectedException(
					"The NATS connection '" + name() + "' is stopped" + because(now.lastError()), null);
		}
		String why = (now.lastError() != null) ? now.lastError() : "connecting to " + keeper.servers();
		return new NatsNotConnectedException("There is no NATS connection '" + name() + "' "
				+ ((now.url() != null) ? "any more" : "yet") + ": " + why, null);
	}

	private static String because(@Nullable String error) {
		return (error != null) ? ": " + error : "";
	}

	/**
	 * As {@link #current()}, but never starts the manager and throws no exception.
	 * @return the connection, or {@code null}
	 */
	public @Nullable Connection currentOrNull() {
		Adoption adoption = adoption();
		return (adoption != null) ? adoption.connection() : null;
	}

	private @Nullable Adoption adoption() {
		ConnectionKeeper keeper = this.keeper;
		return (keeper != null) ? keeper.current() : null;
	}

	/**
	 * A proxy for something that is made from a connection (a JetStream context, for
	 * instance) and has to be made again when the connection is replaced. Until there is
	 * a connection, its methods throw a {@link NatsNotConnectedException}.
	 * @param <T> the type
	 * @param type the interface to implement
	 * @param factory makes the target from a live connection; may be called more than
	 * once for the same connection
	 * @return the proxy
	 */
	public <T> T follow(Class<T> type, Function<Connection, T> factory) {
		return new ConnectionProxy<>(this, type, factory).create();
	}

	/**
	 * Send a message over the current connection, also from an interrupted thread, where
	 * the client itself would drop it without an exception. The thread stays interrupted.
	 * @param subject where to send it
	 * @param headers the headers, or {@code null} when there are none
	 * @param data the body
	 * @throws NatsNotConnectedException when there is no connection yet
	 * @throws IllegalArgumentException when the client refuses the message
	 * @throws IllegalStateException when the connection can't take it
	 */
	public void publish(String subject, @Nullable Headers headers, byte[] data) {
		this.requests.publish(subject, headers, data);
	}

	/**
	 * Send a request over the current connection. All that are sent this way share one
	 * subscription for their replies, and unlike the client's own requests they are
	 * written together with whatever else waits to be written.
	 * @param subject where to send it
	 * @param headers the headers, or {@code null} when there are none
	 * @param data the body
	 * @param timeout how long the reply may take
	 * @return the reply, or the server's status message that there are no responders;
	 * fails with a {@link java.util.concurrent.TimeoutException} at most 50 milliseconds
	 * after the timeout, and with a {@link java.util.concurrent.CancellationException}
	 * when the connection is closed. Meant to be waited for: it completes on the thread
	 * that reads the replies, or on a timer's, which must not be blocked
	 * @throws NatsNotConnectedException when there is no connection yet
	 * @throws IllegalArgumentException when the client refuses the message
	 * @throws IllegalStateException when the connection can't take it
	 */
	public CompletableFuture<Message> request(String subject, @Nullable Headers headers, byte[] data,
			Duration timeout) {
		return request(subject, headers, data, timeout, null);
	}

	/**
	 * Send a request over the current connection, whose reply is not waited for: what
	 * depends on it may block.
	 * @param subject where to send it
	 * @param headers the headers, or {@code null} when there are none
	 * @param data the body
	 * @param timeout how long the reply may take
	 * @param callbacks runs what depends on the reply, where the thread that reads the
	 * replies can't; {@code null} where the caller waits for it
	 * @return as for the other method, but that it completes on a thread that may be
	 * blocked
	 * @throws NatsNotConnectedException when there is no connection yet
	 * @throws IllegalArgumentException when the client refuses the message
	 * @throws IllegalStateException when the connection can't take it
	 */
	public CompletableFuture<Message> request(String subject, @Nullable Headers headers, byte[] data, Duration timeout,
			@Nullable ReplyCallbacks callbacks) {
		return this.requests.send(subject, headers, data, timeout, callbacks);
	}

	/**
	 * Have a listener follow this manager's connections. When there is a connection
	 * already, {@link ConnectionLifecycleListener#onConnected(Connection)} is called
	 * before this method returns, on the caller's thread, so that a
	 * {@link SmartLifecycle} that registers itself when it starts is attached when the
	 * context is up. (Only if other listeners' callbacks take longer than 10 seconds
	 * meanwhile, it is called later, on the manager's thread.) Each connection is told to
	 * a listener exactly once, also when it is replaced at the same time. While the
	 * client is reconnecting, the listener is told when the connection is back. A
	 * listener that is registered already isn't registered again.
	 * @param listener the listener; those with an {@link org.springframework.core.Ordered
	 * order} come in that order
	 */
	public void addListener(ConnectionLifecycleListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		this.dispatch.add(listener);
	}

	/**
	 * Forget a listener. No callback begins after this method has returned; one that has
	 * begun may still be running on the manager's thread.
	 * @param listener the listener
	 */
	public void removeListener(ConnectionLifecycleListener listener) {
		this.dispatch.remove(listener);
	}

	/**
	 * Say what a dispatcher of this manager's connection receives, so that a
	 * {@link NatsSlowConsumerEvent} and the log can name it: the client doesn't know. The
	 * dispatcher isn't kept.
	 * @param dispatcher the dispatcher
	 * @param subjects the subjects it is subscribed to
	 */
	public void describe(Dispatcher dispatcher, Collection<String> subjects) {
		this.subjects.add(dispatcher, subjects);
	}

	DispatcherSubjects subjects() {
		return this.subjects;
	}

	/**
	 * What the connection is doing. Answers at once, without a call to the server.
	 * @return the state
	 */
	public ConnectionState state() {
		return this.state.get();
	}

	/**
	 * What was counted since the application started, over all connections of this
	 * manager.
	 * @return the counts
	 */
	public ConnectionCounts counts() {
		return this.counters.counts(currentOrNull(), this.requests.outstanding());
	}

	/**
	 * Start to connect, and wait for the first attempt: at most the connection timeout
	 * for each server and each of its addresses. Listeners that are registered already
	 * are told before this method returns. Does nothing when running.
	 * @throws NatsConnectException when the first attempt failed and the policy is
	 * {@link NatsStartup#FAIL_FAST}
	 */
	@Override
	public void start() {
		this.lifecycle.lock();
		try {
			if (this.keeper != null) {
				return;
			}
			ConnectionEvents events = new ConnectionEvents(this, this.state, this.dispatch, this.counters);
			ConnectionKeeper keeper = this.keepers.apply(name(), events);
			this.startedBefore = true;
			this.keeper = keeper;
			startOrForget(keeper);
		}
		finally {
			this.lifecycle.unlock();
		}
		this.dispatch.attachNow();
	}

	private void startOrForget(ConnectionKeeper keeper) {
		try {
			keeper.start();
		}
		catch (NatsConnectException ex) {
			this.keeper = null;
			this.state.stopped(ex.getMessage());
			throw ex;
		}
	}

	/**
	 * Deliver what was published, receive the replies to what was asked (which may take
	 * half of the drain timeout), let running handlers finish, and close the connection;
	 * bounded by the drain timeout. A handler that calls this on the client's thread
	 * isn't waited for: the connection is closed when it has returned. Listeners stay
	 * registered and are told when the manager is started again and connected. Does
	 * nothing when not running.
	 */
	@Override
	public void stop() {
		stop(this.drainTimeout);
	}

	private void stop(Duration drainTimeout) {
		this.lifecycle.lock();
		try {
			ConnectionKeeper keeper = this.keeper;
			if (keeper == null) {
				return;
			}
			keeper.stop(awaitReplies(drainTimeout));
			this.keeper = null;
		}
		finally {
			this.lifecycle.unlock();
		}
		this.thread.awaitIdle(1, TimeUnit.SECONDS);
	}

	/**
	 * The first that a connection does when it is drained is to end its subscriptions,
	 * and with them the one for replies.
	 * @return what is left of the time, which the handlers need as well
	 */
	private Duration awaitReplies(Duration drainTimeout) {
		if (drainTimeout.isZero() || ConnectionCloser.isHandler()) {
			return drainTimeout;
		}
		Duration half = drainTimeout.dividedBy(2);
		long start = System.nanoTime();
		this.requests.awaitReplies(half);
		Duration left = drainTimeout.minusMillis(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
		return (left.compareTo(half) > 0) ? left : half;
	}

	@Override
	public void stop(Runnable callback) {
		try {
			stop();
		}
		finally {
			callback.run();
		}
	}

	/**
	 * Close what is still open when the context failed to start: it isn't stopped then.
	 */
	@Override
	public void destroy() {
		this.startedBefore = true;
		stop();
	}

	@Override
	public boolean isRunning() {
		return this.keeper != null;
	}

	@Override
	public int getPhase() {
		return NatsPhases.CONNECTION;
	}

	void publish(Supplier<NatsConnectionEvent> event) {
		ApplicationEventPublisher publisher = this.publisher;
		if (publisher != null) {
			NatsConnectionEvent now = event.get();
			this.thread.execute(() -> publish(publisher, now));
		}
	}

	private static void publish(ApplicationEventPublisher publisher, NatsConnectionEvent event) {
		try {
			publisher.publishEvent(event);
		}
		catch (RuntimeException ex) {
			logger.error("A listener of " + event + " failed", ex);
		}
	}

	@Override
	public String toString() {
		ConnectionState now = this.state.get();
		return "NATS connection '" + name() + "' (" + now.status() + ((now.url() != null) ? ", " + now.url() : "")
				+ ")";
	}

}

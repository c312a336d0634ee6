package dev.natsboot.connection;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

import dev.natsboot.connection.NatsConnectException.Reason;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.Options;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections and replaces those that were closed for good. Short losses are the
 * client's business.
 */
class ManagedKeeper implements ConnectionKeeper {

	private static final Log logger = LogFactory.getLog(NatsConnectionManager.class);

	private final ConnectionSettings settings;

	private final ConnectionEvents events;

	private final String name;

	private final AtomicReference<@Nullable Adoption> current = new AtomicReference<>();

	private final Options requested;

	/**
	 * Keeps what the client tells about a connection behind the connection's adoption.
	 */
	private final ReentrantLock transitions = new ReentrantLock();

	private volatile @Nullable ConnectLoop loop;

	private volatile boolean stopped;

	ManagedKeeper(String name, ConnectionSettings settings, ConnectionEvents events) {
		this.name = name;
		this.settings = settings;
		this.events = events;
		this.requested = settings.requested();
	}

	@Override
	public void start() {
		boolean failFast = this.settings.startup() == NatsStartup.FAIL_FAST;
		this.events.state().status(ConnectionState.Status.CONNECTING);
		CompletableFuture<Connection> first = startLoop(failFast);
		try {
			first.get(patience().toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException ex) {
			if (failFast) {
				throw fail((ex.getCause() != null) ? ex.getCause() : ex);
			}
		}
		catch (TimeoutException ex) {
			if (failFast) {
				throw fail(new NatsConnectException(Reason.TIMEOUT, servers(), "gave up after " + patience(), null));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private NatsConnectException fail(Throwable failure) {
		stop(Duration.ZERO);
		return (failure instanceof NatsConnectException exception) ? exception : new NatsConnectException(Reason.OTHER,
				servers(), NatsUrls.withoutCredentials(failure.getMessage()), ConnectFailures.safe(failure));
	}

	/**
	 * The client allows each server, and each address that a name resolves to, the
	 * connection timeout.
	 */
	private Duration patience() {
		return this.requested.getConnectionTimeout()
			.multipliedBy(2L * Math.max(1, this.requested.getServers().size()))
			.plusSeconds(2);
	}

	private CompletableFuture<Connection> startLoop(boolean onlyOnce) {
		ConnectLoop loop = new ConnectLoop(this.name, this::connect, this::failed, onlyOnce);
		this.loop = loop;
		CompletableFuture<Connection> first = loop.start();
		if (this.stopped) {
			loop.stop(Duration.ZERO);
		}
		return first;
	}

	/**
	 * One attempt to connect to one of the servers, on the loop's thread.
	 */
	private Connection connect() throws InterruptedException {
		Options requested = this.settings.requested();
		ClientCallbacks callbacks = new ClientCallbacks(this.events, this::connectionEvent, requested);
		Options options = this.settings.effective(requested, callbacks,
				new ReaderExecutor(this.name, this::readerFailed));
		Connection connection = ConnectAttempt.connect(options, callbacks);
		callbacks.adopted();
		adopt(connection);
		return connection;
	}

	private void adopt(Connection connection) throws InterruptedException {
		Adoption adoption = new Adoption(connection);
		this.transitions.lock();
		try {
			this.events.counters().opened();
			this.current.set(adoption);
			if (!this.stopped) {
				this.events.adopted(adoption);
				catchUp(adoption);
				return;
			}
		}
		finally {
			this.transitions.unlock();
		}
		if (this.current.compareAndSet(adoption, null)) {
			connection.close();
		}
	}

	/**
	 * What happened to the connection while it wasn't known yet.
	 */
	private void catchUp(Adoption adoption) {
		Connection.Status status = adoption.connection().getStatus();
		if (status == Connection.Status.CLOSED) {
			closed(adoption);
		}
		else if (status != Connection.Status.CONNECTED) {
			this.events.disconnected(adoption);
		}
	}

	private void failed(NatsConnectException failure) {
		int attempts = this.events.state().failed(failure.getMessage());
		if (attempts == 1 && this.settings.startup() == NatsStartup.BACKGROUND) {
			logger.warn(failure.getMessage() + "; trying again in the background (connection '" + this.name + "')");
		}
		else {
			logger.debug(failure.getMessage() + ", attempt " + attempts + " (connection '" + this.name + "')");
		}
	}

	/**
	 * Called on the reader's thread, which is at its end.
	 */
	private void readerFailed(Throwable failure) {
		Adoption adoption = this.current.get();
		if (adoption == null || this.stopped) {
			return;
		}
		logger.error("What the server sent on connection '" + this.name + "' can't be read, connecting anew", failure);
		try {
			adoption.connection().forceReconnect();
		}
		catch (IOException ex) {
			logger.warn("Connection '" + this.name + "' can't be made anew", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void connectionEvent(Connection connection, Events type) {
		this.transitions.lock();
		try {
			handle(connection, type);
		}
		finally {
			this.transitions.unlock();
		}
	}

	private void handle(Connection connection, Events type) {
		Adoption adoption = this.current.get();
		if (adoption == null || adoption.connection() != connection || this.stopped) {
			return;
		}
		switch (type) {
			case DISCONNECTED -> this.events.disconnected(adoption);
			case RECONNECTED -> this.events.reconnected(adoption);
			case RESUBSCRIBED -> this.events.resubscribed(adoption);
			case LAME_DUCK -> this.events.lameDuck();
			case CLOSED -> closed(adoption);
			default -> logger.debug("Connection event: " + type);
		}
	}

	private void closed(Adoption adoption) {
		if (!this.stopped && this.current.compareAndSet(adoption, null)) {
			this.events.closedForGood(adoption, true);
			startLoop(false);
		}
	}

	@Override
	public void stop(Duration drainTimeout) {
		this.stopped = true;
		ConnectLoop loop = this.loop;
		if (loop != null) {
			loop.stop(this.requested.getConnectionTimeout());
		}
		Adoption adoption = this.current.get();
		if (adoption != null) {
			ConnectionCloser.close(adoption.connection(), drainTimeout);
		}
		this.current.set(null);
		this.events.stopped(adoption);
	}

	@Override
	public @Nullable Adoption current() {
		return this.current.get();
	}

	@Override
	public String servers() {
		return NatsUrls.describe(this.requested.getServers());
	}

}

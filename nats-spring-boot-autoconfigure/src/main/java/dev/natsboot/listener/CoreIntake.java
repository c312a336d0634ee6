package dev.natsboot.listener;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * One run of a core container over one connection: its subscriptions, from which the
 * workers are fed by a dispatcher of their own.
 */
final class CoreIntake implements Intake {

	private static final Log logger = LogFactory.getLog(CoreIntake.class);

	private static final Duration SUBSCRIBE_TIMEOUT = Duration.ofSeconds(2);

	private final Connection connection;

	private final NatsListenerEndpoint endpoint;

	private final CoreWorkers workers;

	private final Dispatcher dispatcher;

	CoreIntake(Connection connection, NatsListenerEndpoint endpoint, ListenerServices services) {
		this.connection = connection;
		this.endpoint = endpoint;
		this.workers = new CoreWorkers(endpoint, services);
		this.dispatcher = connection.createDispatcher(this.workers);
	}

	void open() {
		try {
			this.endpoint.subjects().forEach(this::subscribe);
		}
		catch (RuntimeException ex) {
			discard();
			throw ex;
		}
		flush();
	}

	private void subscribe(String subject) {
		if (this.endpoint.queue() != null) {
			this.dispatcher.subscribe(subject, this.endpoint.queue());
		}
		else {
			this.dispatcher.subscribe(subject);
		}
	}

	/**
	 * Nobody will hear of the dispatcher: it would keep its thread.
	 */
	private void discard() {
		try {
			this.connection.closeDispatcher(this.dispatcher);
		}
		catch (RuntimeException ex) {
			logger.debug("The dispatcher of '" + this.endpoint.id() + "' was closed with its connection", ex);
		}
	}

	/**
	 * Return when the server knows the subscriptions: a message that is published now is
	 * received.
	 */
	private void flush() {
		try {
			this.connection.flush(SUBSCRIBE_TIMEOUT);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (TimeoutException ex) {
			logger.debug("The server did not confirm the subscriptions of '" + this.endpoint.id() + "' in time", ex);
		}
	}

	/**
	 * End the subscription, handle what has come, and wait for the running handlers and
	 * their results.
	 */
	@Override
	public void close(Duration timeout, Thread caller) {
		boolean self = isHandledBy(caller);
		long deadline = System.nanoTime() + timeout.toNanos();
		try {
			unsubscribe(timeout, self);
			if (!this.workers.await(self ? 1 : 0, deadline)) {
				logger.warn("Listener '" + this.endpoint.id() + "': " + this.workers.count()
						+ " messages were still being handled after " + timeout
						+ " ('nats.listener.shutdown-timeout')");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException | IllegalStateException ex) {
			logger.warn("Listener '" + this.endpoint.id() + "' could not stop in an orderly way", ex);
		}
	}

	@Override
	public boolean isHandledBy(Thread thread) {
		return this.workers.isHandledBy(thread);
	}

	@Override
	public boolean isOver() {
		return !this.dispatcher.isActive() && this.workers.count() == 0;
	}

	/**
	 * Without a connection nothing is on its way, and draining would wait for one.
	 */
	private void unsubscribe(Duration timeout, boolean self)
			throws InterruptedException, ExecutionException, TimeoutException {
		if (!this.dispatcher.isActive()) {
			return;
		}
		if (this.connection.getStatus() != Connection.Status.CONNECTED) {
			this.connection.closeDispatcher(this.dispatcher);
			return;
		}
		CompletableFuture<Boolean> drained = this.dispatcher.drain(timeout);
		if (!self) {
			drained.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

}

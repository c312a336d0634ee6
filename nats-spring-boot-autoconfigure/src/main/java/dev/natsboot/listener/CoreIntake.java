package dev.natsboot.listener;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import dev.natsboot.connection.DispatcherDrain;
import dev.natsboot.core.Durations;
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

	/** For what is told to those who get no result. */
	private static final Duration GRACE = Duration.ofSeconds(2);

	private final Connection connection;

	private final NatsListenerEndpoint endpoint;

	private final ListenerServices services;

	private final CoreWorkers workers;

	private final Dispatcher dispatcher;

	CoreIntake(Connection connection, NatsListenerEndpoint endpoint, ListenerServices services) {
		this.connection = connection;
		this.endpoint = endpoint;
		this.services = services;
		this.workers = new CoreWorkers(endpoint, services);
		this.dispatcher = connection.createDispatcher(this.workers);
		services.connections().describe(this.dispatcher, endpoint.subjects());
	}

	void open() {
		try {
			this.endpoint.subjects().forEach(this::subscribe);
		}
		catch (RuntimeException | Error ex) {
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
	 * their results. What isn't done in time fails.
	 */
	@Override
	public void close(Duration timeout, Thread caller) {
		DispatcherDrain drain = new DispatcherDrain(this.connection, this.dispatcher, () -> this.workers.count() == 0,
				timeout.plus(GRACE));
		close(drain, timeout, isHandledBy(caller) ? 1 : 0);
	}

	private void close(DispatcherDrain drain, Duration timeout, int own) {
		long deadline = System.nanoTime() + timeout.toNanos();
		try {
			if (own > 0 && !drain.begin()) {
				// what has come may be waiting for the thread of this handler
				this.services.execute(() -> close(drain, timeout, 0));
			}
			if (!isDone(drain, own, deadline)) {
				logger.warn("Listener '" + this.endpoint.id() + "': " + unfinished()
						+ " messages were still waiting or being handled after " + Durations.text(timeout)
						+ " ('nats.listener.shutdown-timeout')");
				this.workers.abandon();
				isDone(drain, own, System.nanoTime() + GRACE.toNanos());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | IllegalStateException ex) {
			logger.warn("Listener '" + this.endpoint.id() + "' could not stop in an orderly way", ex);
		}
		finally {
			if (own == 0 && !drain.isDraining()) {
				discard();
			}
		}
	}

	private boolean isDone(DispatcherDrain drain, int own, long deadline)
			throws InterruptedException, ExecutionException {
		return (own > 0 || drain.await(deadline)) && this.workers.await(own, deadline);
	}

	private long unfinished() {
		return this.workers.count() + this.dispatcher.getPendingMessageCount();
	}

	@Override
	public boolean isHandledBy(Thread thread) {
		return this.workers.isHandledBy(thread);
	}

	@Override
	public boolean isOver() {
		return !this.dispatcher.isActive() && this.workers.count() == 0;
	}

}

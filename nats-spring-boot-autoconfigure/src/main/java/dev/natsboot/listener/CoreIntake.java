package dev.natsboot.listener;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * One run of a core container over one connection. With one worker the client's
 * dispatcher thread handles the messages itself; with more it waits for a free worker, so
 * that the client's own queue, with its limits and its reports of slow consumers, is the
 * only buffer.
 */
final class CoreIntake implements Intake {

	private static final Log logger = LogFactory.getLog(CoreIntake.class);

	private static final Duration SUBSCRIBE_TIMEOUT = Duration.ofSeconds(2);

	private final Connection connection;

	private final NatsListenerEndpoint endpoint;

	private final ListenerServices services;

	private final Settlement settlement;

	private final MessagePipeline pipeline;

	private final InFlightCount inFlight = new InFlightCount();

	/** Where several messages are handled at a time, or one is given up. */
	private final Set<Thread> handlers = ConcurrentHashMap.newKeySet();

	/** Where one message is handled at a time: the client's, for this listener alone. */
	private volatile @Nullable Thread handler;

	private final Semaphore permits;

	private final Dispatcher dispatcher;

	CoreIntake(Connection connection, NatsListenerEndpoint endpoint, ListenerServices services) {
		this.connection = connection;
		this.endpoint = endpoint;
		this.services = services;
		this.permits = new Semaphore(endpoint.concurrency());
		ReplySender replies = new ReplySender(endpoint, services);
		this.settlement = new CoreSettlement(endpoint, services.metrics(), replies, this.handlers, this::completed);
		this.pipeline = new MessagePipeline(endpoint, (MessageListener) endpoint.listener(), this.settlement, replies,
				services, (duration) -> {
				});
		this.dispatcher = connection.createDispatcher(this::received);
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
	 * End the subscription, handle what has come, and wait for the running handlers.
	 */
	@Override
	public void close(Duration timeout, Thread caller) {
		boolean self = isHandledBy(caller);
		long deadline = System.nanoTime() + timeout.toNanos();
		try {
			unsubscribe(timeout, self);
			if (!this.inFlight.await(() -> self ? 1 : 0, Duration.ofNanos(deadline - System.nanoTime()))) {
				logger.warn("Listener '" + this.endpoint.id() + "': " + this.inFlight.count()
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
		return thread == this.handler || this.handlers.contains(thread);
	}

	@Override
	public boolean isOver() {
		return !this.dispatcher.isActive() && this.inFlight.count() == 0;
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

	private void received(Message message) {
		Delivery delivery = new Delivery(message, this.settlement, 0);
		this.inFlight.increment();
		if (this.endpoint.concurrency() == 1) {
			this.handler = Thread.currentThread();
			this.pipeline.process(delivery);
			return;
		}
		try {
			this.permits.acquire();
			execute(delivery);
		}
		catch (InterruptedException ex) {
			this.settlement.failed(delivery, delivery.begin(), ex, -1);
			Thread.currentThread().interrupt();
		}
	}

	private void execute(Delivery delivery) {
		try {
			this.services.executor().execute(() -> process(delivery));
		}
		catch (RejectedExecutionException ex) {
			this.permits.release();
			this.settlement.failed(delivery, delivery.begin(), ex, -1);
		}
	}

	private void process(Delivery delivery) {
		this.handlers.add(Thread.currentThread());
		try {
			this.pipeline.process(delivery);
		}
		finally {
			this.handlers.remove(Thread.currentThread());
			this.permits.release();
		}
	}

	private void completed(Delivery delivery) {
		if (delivery.decide()) {
			this.inFlight.decrement();
		}
	}

}

package dev.natsboot.listener;

import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

import dev.natsboot.observation.ListenerMetrics;
import dev.natsboot.observation.ListenerMetrics.Outcome;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Counts and reports: a core subscription has nothing to tell the server. Who asked for a
 * reply is told of a failure.
 */
final class CoreSettlement implements Settlement {

	private static final Log logger = LogFactory.getLog(CoreSettlement.class);

	private final NatsListenerEndpoint endpoint;

	private final ListenerMetrics metrics;

	private final ReplySender replies;

	private final Set<Thread> handlers;

	private final Consumer<Delivery> completed;

	/**
	 * Create it.
	 * @param handlers the threads that handle a message, to which one belongs that calls
	 * the error handler later
	 */
	CoreSettlement(NatsListenerEndpoint endpoint, ListenerMetrics metrics, ReplySender replies, Set<Thread> handlers,
			Consumer<Delivery> completed) {
		this.endpoint = endpoint;
		this.metrics = metrics;
		this.replies = replies;
		this.handlers = handlers;
		this.completed = completed;
	}

	@Override
	public long deliveries(Delivery delivery) {
		return 1;
	}

	@Override
	public boolean isExhausted(Delivery delivery) {
		return false;
	}

	@Override
	public void succeeded(Delivery delivery, int turn, long durationNanos) {
		this.metrics.consumed(Outcome.SUCCESS, durationNanos);
		this.completed.accept(delivery);
	}

	@Override
	public void filtered(Delivery delivery) {
		this.metrics.consumed(Outcome.FILTERED, -1);
		this.completed.accept(delivery);
	}

	@Override
	public void duplicate(Delivery delivery) {
		throw unsupported();
	}

	@Override
	public void postponed(Delivery delivery, Duration delay) {
		throw unsupported();
	}

	@Override
	public void failed(Delivery delivery, int turn, Throwable cause, long durationNanos) {
		this.metrics.consumed(Outcome.FAILURE, durationNanos);
		boolean later = this.handlers.add(Thread.currentThread());
		try {
			answer(delivery, cause);
			tell(delivery, cause);
		}
		catch (RuntimeException | Error ex) {
			logger.error("The error handler of listener '" + this.endpoint.id() + "' failed", ex);
		}
		finally {
			if (later) {
				this.handlers.remove(Thread.currentThread());
			}
			this.completed.accept(delivery);
		}
	}

	/**
	 * Before anything else: somebody waits for it. When an observation fails after the
	 * reply, there is nothing more to say.
	 */
	private void answer(Delivery delivery, Throwable cause) {
		if (!delivery.isDecided()) {
			this.replies.fail(delivery, cause);
		}
	}

	/**
	 * What a stop has given up says nothing about the handler.
	 */
	private void tell(Delivery delivery, Throwable cause) {
		if (!(cause instanceof LaterResult.AbandonedException)) {
			this.endpoint.errorHandler()
				.handle(new ListenerFailure(this.endpoint, delivery.message(), 1, this.endpoint.maxDeliver(), cause));
		}
	}

	@Override
	public void giveBack(Delivery delivery) {
		this.metrics.consumed(Outcome.DISCARDED, -1);
		this.completed.accept(delivery);
	}

	@Override
	public boolean acknowledge(Delivery delivery, int turn, Duration confirmation) {
		throw unsupported();
	}

	@Override
	public boolean nak(Delivery delivery, int turn, Duration delay) {
		throw unsupported();
	}

	@Override
	public boolean term(Delivery delivery, int turn) {
		throw unsupported();
	}

	@Override
	public void inProgress(Delivery delivery) {
		throw unsupported();
	}

	private IllegalStateException unsupported() {
		return new IllegalStateException("Listener '" + this.endpoint.id()
				+ "' has a core subscription, which has no acknowledgement: set 'stream' to consume from JetStream");
	}

}

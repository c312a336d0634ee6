package dev.natsboot.listener;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import io.nats.client.Message;
import io.nats.client.MessageHandler;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Handles the messages of a core subscription, as many at a time as the endpoint allows:
 * one on the client's thread, which belongs to this listener alone, more on threads of
 * the executor. The others wait in the client's queue, so that this, with its limits and
 * its reports of slow consumers, is the only buffer.
 */
final class CoreWorkers implements MessageHandler {

	private static final Log logger = LogFactory.getLog(CoreWorkers.class);

	private final Executor executor;

	private final Settlement settlement;

	private final MessagePipeline pipeline;

	private final boolean here;

	private final InFlightCount inFlight = new InFlightCount();

	private final CorePermits permits;

	/** Where several messages are handled at a time, or one is given up. */
	private final Set<Thread> handlers = ConcurrentHashMap.newKeySet();

	/** Where one message is handled at a time. */
	private volatile @Nullable Thread handler;

	CoreWorkers(NatsListenerEndpoint endpoint, ListenerServices services) {
		this.executor = services.executor();
		this.here = endpoint.concurrency() == 1;
		this.permits = new CorePermits(endpoint.concurrency());
		ReplySender replies = new ReplySender(endpoint, services);
		this.settlement = new CoreSettlement(endpoint, services.metrics(), replies, this.handlers, this::completed);
		this.pipeline = new MessagePipeline(endpoint, (MessageListener) endpoint.listener(), this.settlement, replies,
				services, (duration) -> {
				});
	}

	/**
	 * An interrupt would end the client's thread, and nobody else would receive: it is
	 * meant for what is handled, as the client has another sign for the thread's end.
	 */
	@Override
	public void onMessage(Message message) {
		Delivery delivery = new Delivery(message, this.settlement, 0);
		delivery.setNumber(this.inFlight.increment());
		try {
			handle(delivery);
		}
		catch (InterruptedException ex) {
			refuse(delivery);
		}
		finally {
			Thread.interrupted();
		}
	}

	private void handle(Delivery delivery) throws InterruptedException {
		if (!(this.here ? this.permits.await() : this.permits.acquire())) {
			refuse(delivery);
		}
		else if (this.here) {
			this.handler = Thread.currentThread();
			this.pipeline.process(delivery);
			this.permits.returnedWithout(delivery);
		}
		else {
			execute(delivery);
		}
	}

	/**
	 * Nobody will handle the message.
	 */
	private void refuse(Delivery delivery) {
		this.settlement.failed(delivery, delivery.begin(), new LaterResult.AbandonedException(), -1);
	}

	private void execute(Delivery delivery) {
		try {
			this.executor.execute(() -> process(delivery));
		}
		catch (RuntimeException | Error ex) {
			this.permits.release();
			this.settlement.failed(delivery, delivery.begin(), ex, -1);
		}
	}

	private void process(Delivery delivery) {
		this.handlers.add(Thread.currentThread());
		try {
			this.pipeline.process(delivery);
			this.permits.returned(delivery);
		}
		catch (RuntimeException | Error ex) {
			logger.error("A message of '" + delivery.message().getSubject() + "' could not be settled", ex);
			this.permits.release();
		}
		finally {
			this.handlers.remove(Thread.currentThread());
		}
	}

	private void completed(Delivery delivery) {
		if (delivery.decide()) {
			this.permits.completed(delivery);
			this.inFlight.decrement();
		}
	}

	boolean isHandledBy(Thread thread) {
		return thread == this.handler || this.handlers.contains(thread);
	}

	/**
	 * How many messages were received and are not yet done with.
	 */
	int count() {
		return this.inFlight.count();
	}

	/**
	 * Wait for the running handlers and for their results.
	 * @param own how many of them not to wait for
	 * @param deadlineNanos the end of the wait in terms of {@link System#nanoTime()}
	 * @return whether all were done in time
	 */
	boolean await(int own, long deadlineNanos) throws InterruptedException {
		return this.inFlight.await(() -> own, Duration.ofNanos(deadlineNanos - System.nanoTime()));
	}

	/**
	 * Begin nothing any more, and wait for no result that is still to come.
	 */
	void abandon() {
		this.permits.abandon();
	}

}

package dev.natsboot.listener;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

import org.springframework.messaging.converter.MessageConversionException;

/**
 * What has come, on its way to the workers. In the end what none has begun is given back,
 * but not before the subscription has ended, or it would come once more.
 */
final class Arrivals {

	private final NatsListenerEndpoint endpoint;

	private final JetStreamSettlement settlement;

	private final Entrance entrance;

	private final LocalRetries retries;

	private final Executor executor;

	private final InFlight inFlight = new InFlight();

	/** What comes while the subscription ends. */
	private final Queue<Delivery> late = new ConcurrentLinkedQueue<>();

	private volatile boolean accepting = true;

	private volatile boolean subscribed = true;

	Arrivals(NatsListenerEndpoint endpoint, ListenerServices services, int maxDeliver, JetStreamSettlement settlement,
			Workers workers) {
		this.endpoint = endpoint;
		this.settlement = settlement;
		this.executor = new FallbackExecutor(services.executor());
		this.entrance = new Entrance(endpoint, maxDeliver, settlement::isSuspect, workers, settlement::giveBack,
				services.timer());
		this.retries = new LocalRetries(services.timer(), this.entrance::offer);
	}

	InFlight inFlight() {
		return this.inFlight;
	}

	/**
	 * How many wait for others of their key.
	 */
	int waiting() {
		return this.entrance.waiting();
	}

	void take(Delivery delivery) {
		this.inFlight.add(delivery);
		if (this.accepting || !canGiveBack()) {
			enter(delivery);
			return;
		}
		this.late.add(delivery);
		if (!this.subscribed) {
			giveBackLate();
		}
	}

	private void enter(Delivery delivery) {
		MessageExpression order = this.endpoint.orderBy();
		try {
			delivery.setKey((order != null) ? order.evaluate(delivery.message()) : null);
		}
		catch (MessageConversionException ex) {
			this.executor.execute(() -> this.settlement.failed(delivery, delivery.turn(), ex, -1));
			return;
		}
		this.entrance.enter(delivery);
	}

	/**
	 * Handle the delivery once more.
	 * @return {@code false} when it isn't kept any longer
	 */
	boolean again(Delivery delivery, Duration delay) {
		this.inFlight.again(delivery);
		return this.retries.add(delivery, delay);
	}

	/**
	 * The way of the delivery has ended: others of its key may pass.
	 */
	void leave(Delivery delivery) {
		this.entrance.leave(delivery);
	}

	/**
	 * Let nothing that comes from now on be handled.
	 */
	void end() {
		this.accepting = false;
	}

	boolean isAccepting() {
		return this.accepting;
	}

	/**
	 * Where nobody acknowledges nothing can be given back: what has come is handled. An
	 * ordered consumer is made anew where its handler stopped.
	 */
	boolean canGiveBack() {
		return this.endpoint.ackMode() != AckMode.NONE || this.endpoint.consumerType() == ConsumerType.ORDERED;
	}

	/**
	 * The subscription has ended.
	 */
	void giveBack() {
		this.subscribed = false;
		if (canGiveBack()) {
			this.entrance.close();
			this.retries.close().forEach(this.settlement::giveBack);
			this.entrance.drain().forEach(this.settlement::giveBack);
			giveBackLate();
		}
	}

	private void giveBackLate() {
		for (Delivery next = this.late.poll(); next != null; next = this.late.poll()) {
			enter(next);
		}
	}

	/**
	 * Whether nothing comes any more, and nothing is being handled.
	 */
	boolean isOver() {
		return !this.subscribed && this.inFlight.count() == 0;
	}

}

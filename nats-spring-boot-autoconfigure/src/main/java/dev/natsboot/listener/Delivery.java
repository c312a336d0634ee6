package dev.natsboot.listener;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.nats.client.Message;

/**
 * One message on its way through a listener container.
 */
public final class Delivery {

	private static final AtomicIntegerFieldUpdater<Delivery> DECIDED = AtomicIntegerFieldUpdater
		.newUpdater(Delivery.class, "decided");

	private final Message message;

	private final Settlement settlement;

	private final int tick;

	private volatile int decided;

	private volatile boolean finished;

	Delivery(Message message, Settlement settlement, int tick) {
		this.message = message;
		this.settlement = settlement;
		this.tick = tick;
	}

	/**
	 * The message as it was received.
	 * @return the message
	 */
	public Message message() {
		return this.message;
	}

	/**
	 * How often the message was handed to this listener so far, this time included.
	 * Deliveries that were given back unhandled at a stop or a pause don't count, as far
	 * as this container remembers them.
	 * @return the number, at least 1; always 1 for a core subscription
	 */
	public long deliveries() {
		return this.settlement.deliveries(this);
	}

	/**
	 * Settles the message by hand.
	 * @return the acknowledgement
	 */
	public Acknowledgment acknowledgment() {
		return new ManualAcknowledgment(this, this.settlement);
	}

	int tick() {
		return this.tick;
	}

	/**
	 * The message won't come again.
	 */
	void finish() {
		this.finished = true;
	}

	boolean isFinished() {
		return this.finished;
	}

	boolean isDecided() {
		return this.decided != 0;
	}

	/**
	 * Claim the right to decide this message's fate.
	 * @return {@code true} for the first call only
	 */
	boolean decide() {
		return DECIDED.compareAndSet(this, 0, 1);
	}

}

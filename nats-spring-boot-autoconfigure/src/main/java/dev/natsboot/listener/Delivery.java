package dev.natsboot.listener;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import dev.natsboot.convert.AckSubject;
import io.nats.client.Message;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way through a listener container.
 */
public final class Delivery {

	private static final AtomicIntegerFieldUpdater<Delivery> FATE = AtomicIntegerFieldUpdater.newUpdater(Delivery.class,
			"fate");

	private final Message message;

	private final Settlement settlement;

	private final int tick;

	/** 0 until it was asked for. */
	private long delivered;

	/** 0 until it was asked for. */
	private long consumerSequence;

	/** Even while it is open; one more when it is decided, and when it is open again. */
	private volatile int fate;

	/** The fate that the handler which was called last can decide. */
	private volatile int turn;

	private @Nullable MessageClaim claim;

	private volatile boolean finished;

	private volatile int attempts;

	private @Nullable Duration delay;

	private boolean attempted;

	private volatile @Nullable Runnable abandon;

	private volatile @Nullable Thread settler;

	private @Nullable String key;

	private boolean suspect;

	private boolean last;

	private boolean replying;

	private int number;

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
		return acknowledgment(this.turn);
	}

	Acknowledgment acknowledgment(int turn) {
		return new ManualAcknowledgment(this, turn, this.settlement);
	}

	/**
	 * Its handler is about to be called.
	 * @return what tells this call from others: a handler that has given the message back
	 * may still be running when it is called once more
	 */
	int begin() {
		this.turn = this.fate;
		return this.turn;
	}

	/**
	 * The latest call.
	 */
	int turn() {
		return this.turn;
	}

	/**
	 * How often the server has delivered the message, this time included. Only for
	 * messages of a stream.
	 */
	long delivered() {
		if (this.delivered == 0) {
			this.delivered = AckSubject.deliveries(this.message.getReplyTo());
		}
		return this.delivered;
	}

	/**
	 * What to do when nobody waits for the handler's result any longer.
	 */
	void onAbandon(Runnable abandon) {
		this.abandon = abandon;
	}

	/**
	 * Wait no longer for a result that is still to come.
	 */
	void abandon() {
		Runnable action = this.abandon;
		if (action != null) {
			action.run();
		}
	}

	/**
	 * The thread that settles it, where its result came later, or {@code null}.
	 */
	@Nullable Thread settler() {
		return this.settler;
	}

	void setSettler(@Nullable Thread settler) {
		this.settler = settler;
	}

	long sequence() {
		return AckSubject.streamSequence(this.message.getReplyTo());
	}

	/**
	 * As which of the consumer's deliveries it is acknowledged: its own, where nobody has
	 * set another one. Only for messages of a stream.
	 */
	long consumerSequence() {
		if (this.consumerSequence == 0) {
			this.consumerSequence = AckSubject.consumerSequence(this.message.getReplyTo());
		}
		return this.consumerSequence;
	}

	void setConsumerSequence(long consumerSequence) {
		this.consumerSequence = consumerSequence;
	}

	/**
	 * What it is kept in order by, or {@code null}.
	 */
	@Nullable String key() {
		return this.key;
	}

	void setKey(@Nullable String key) {
		this.key = key;
	}

	/**
	 * Whether it was found to be one of the last, after one that nobody has answered.
	 */
	boolean isSuspect() {
		return this.suspect;
	}

	void setSuspect(boolean suspect) {
		this.suspect = suspect;
	}

	/**
	 * Whether it was found to be the last one that may reach the handler.
	 */
	boolean isLast() {
		return this.last;
	}

	void setLast(boolean last) {
		this.last = last;
	}

	/**
	 * Whether its handler has succeeded, and the result is on its way to who asked.
	 */
	boolean isReplying() {
		return this.replying;
	}

	void setReplying(boolean replying) {
		this.replying = replying;
	}

	/**
	 * How often the handler failed since the message was received, where a listener that
	 * keeps messages in order by a key tries again without a new delivery.
	 * @return the number, 0 at first
	 */
	public int attempts() {
		return this.attempts;
	}

	/**
	 * The handler shall try again without a new delivery.
	 * @param attempted whether it failed; else it was not called
	 */
	void postpone(Duration delay, boolean attempted) {
		this.delay = delay;
		this.attempted = attempted;
	}

	/**
	 * How long it was postponed, or {@code null}.
	 */
	@Nullable Duration delay() {
		return this.delay;
	}

	/**
	 * Handle it once more. Its fate is open again.
	 */
	void reopen() {
		if (this.attempted) {
			this.attempts++;
		}
		this.delay = null;
		FATE.incrementAndGet(this);
	}

	/**
	 * The message was claimed for this listener's handler.
	 */
	void claimed(MessageClaim granted) {
		this.claim = granted;
	}

	@Nullable MessageClaim claim() {
		return this.claim;
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
		return this.fate % 2 != 0;
	}

	/**
	 * Whether a call can't decide any more, also when the message waits to be handled
	 * once more.
	 */
	boolean isDecided(int turn) {
		return this.fate != turn;
	}

	/**
	 * Set what makes it quick to find among the others.
	 */
	void setNumber(int number) {
		this.number = number;
	}

	/**
	 * Cheaper than the identity, which the JVM has to invent for each object.
	 */
	@Override
	public int hashCode() {
		return this.number;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other;
	}

	/**
	 * Claim the right to decide this message's fate.
	 * @return {@code true} for the first one only
	 */
	boolean decide() {
		int open = this.fate;
		return open % 2 == 0 && decide(open);
	}

	/**
	 * The same for a call of the handler, which can't decide what becomes of a later one.
	 */
	boolean decide(int turn) {
		return FATE.compareAndSet(this, turn, turn + 1);
	}

}

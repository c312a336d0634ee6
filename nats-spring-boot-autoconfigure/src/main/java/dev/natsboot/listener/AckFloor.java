package dev.natsboot.listener;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import dev.natsboot.convert.AckSubject;
import io.nats.client.api.ConsumerInfo;
import org.jspecify.annotations.Nullable;

/**
 * Knows how far a consumer with ack policy all may be acknowledged: the acknowledgement
 * of a message counts for all that were delivered before it, so it must not be sent while
 * one of them is open, wherever that is. Three things keep it true.
 * <p>
 * What has come is kept here in the order of the stream until everything before it is
 * settled. What others may have got, a process that was killed or a connection that
 * broke, is called back when the container attaches ({@link #unknown}); the server
 * delivers that before anything new. And the consumer numbers its deliveries: when a
 * number is missing somebody else got that message, and nothing is taken until the
 * container has attached again.
 */
final class AckFloor {

	private final ArrayDeque<Delivery> open = new ArrayDeque<>();

	/** Those of them that were given back: they are open until they have come again. */
	private final Set<Long> away = new HashSet<>();

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable Object consumer;

	/** Where the newest message was acknowledged. */
	private @Nullable String last;

	private long acknowledged;

	private long nextDelivery;

	private boolean attached;

	private boolean lost;

	/** Whether anything has come and was settled. */
	private boolean advanced;

	/**
	 * Attach to the consumer. Nothing may be asked for before all that is unknown was
	 * called back.
	 * @param info the consumer as the server has it now
	 * @return the sequences of the messages that the server may wait for and that aren't
	 * here
	 */
	LongStream attach(ConsumerInfo info) {
		this.lock.lock();
		try {
			if (!info.getCreationTime().equals(this.consumer)) {
				begin(info);
			}
			this.lost = info.getAckFloor().getStreamSequence() < this.acknowledged;
			this.nextDelivery = info.getDelivered().getConsumerSequence() + 1;
			this.attached = true;
			return (info.getNumAckPending() > 0) ? unknown(info) : LongStream.empty();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A consumer that was made anew may deliver again what was settled.
	 */
	private void begin(ConsumerInfo info) {
		this.consumer = info.getCreationTime();
		this.open.clear();
		this.away.clear();
		this.last = null;
		this.advanced = false;
		this.acknowledged = info.getAckFloor().getStreamSequence();
	}

	private LongStream unknown(ConsumerInfo info) {
		Set<Long> known = this.open.stream().map(Delivery::sequence).collect(Collectors.toSet());
		known.removeAll(this.away);
		long from = Math.max(this.acknowledged, info.getAckFloor().getStreamSequence()) + 1;
		return LongStream.rangeClosed(from, info.getDelivered().getStreamSequence())
			.filter((sequence) -> !known.contains(sequence));
	}

	/**
	 * Whether the server has delivered again what was acknowledged: it hasn't heard that.
	 */
	boolean isLost() {
		this.lock.lock();
		try {
			return this.lost;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Attaching has failed: take nothing.
	 */
	void detach() {
		this.lock.lock();
		try {
			this.attached = false;
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean isAttached() {
		this.lock.lock();
		try {
			return this.attached;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A message has come.
	 */
	Arrival add(Delivery delivery) {
		long number = AckSubject.consumerSequence(delivery.message().getReplyTo());
		this.lock.lock();
		try {
			if (!this.attached) {
				return Arrival.TOO_EARLY;
			}
			if (number > this.nextDelivery) {
				this.attached = false;
				return Arrival.OUT_OF_SEQUENCE;
			}
			if (number == this.nextDelivery) {
				this.nextDelivery++;
			}
			return insert(delivery) ? Arrival.NEW : Arrival.KNOWN;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean insert(Delivery delivery) {
		long sequence = delivery.sequence();
		if (sequence <= this.acknowledged) {
			this.lost = true;
			return false;
		}
		if (this.away.remove(sequence)) {
			this.open.removeIf((known) -> known.sequence() == sequence);
		}
		Delivery newest = this.open.peekLast();
		if (newest == null || newest.sequence() < sequence) {
			this.open.addLast(delivery);
			return true;
		}
		if (this.open.stream().anyMatch((known) -> known.sequence() == sequence)) {
			return false;
		}
		List<Delivery> sorted = new ArrayList<>(this.open);
		sorted.add(delivery);
		sorted.sort(Comparator.comparingLong(Delivery::sequence));
		this.open.clear();
		this.open.addAll(sorted);
		return true;
	}

	/**
	 * A message was given back: it will come again, and nothing goes past it before.
	 */
	void forget(Delivery delivery) {
		this.lock.lock();
		try {
			if (this.open.contains(delivery)) {
				this.away.add(delivery.sequence());
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Go on over everything that is settled.
	 * @return where to acknowledge, or {@code null} when there is nothing to tell
	 */
	@Nullable String advance() {
		this.lock.lock();
		try {
			Delivery settled = null;
			while (!this.open.isEmpty() && this.open.getFirst().isFinished()) {
				settled = this.open.removeFirst();
			}
			if (settled != null) {
				this.last = settled.message().getReplyTo();
				this.acknowledged = settled.sequence();
				this.advanced = true;
			}
			String subject = (settled != null || this.lost) ? this.last : null;
			this.lost = false;
			return subject;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Whether a message before it may be the reason why nobody has settled it.
	 * @return {@code false} for the first one that the server had to deliver again
	 */
	boolean isBehindAnother(Delivery delivery) {
		this.lock.lock();
		try {
			return this.advanced || this.open.peekFirst() != delivery;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Call the action for all that are settled but not acknowledged, and came before the
	 * given tick: the server waits for them.
	 */
	void forEachOlderThan(int tick, Consumer<Delivery> action) {
		settled(tick).forEach(action);
	}

	private List<Delivery> settled(int tick) {
		this.lock.lock();
		try {
			return this.open.stream().filter((next) -> next.isFinished() && next.tick() < tick).toList();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * What to do with a message that has come.
	 */
	enum Arrival {

		/** Handle it. */
		NEW,

		/** Leave it: it is here, or was settled. */
		KNOWN,

		/** Leave it: it will be called back. */
		TOO_EARLY,

		/** Leave it, and attach again: somebody else has got a message before it. */
		OUT_OF_SEQUENCE

	}

}

package dev.natsboot.listener;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
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
 * delivers that before anything new, though not always in the order of the stream, and
 * nothing is acknowledged before it has come, as many as the server counts. And the
 * consumer numbers its deliveries: when a number is missing somebody else got that
 * message, and nothing is taken until the container has attached again.
 * <p>
 * To call back every sequence that may be pending is always right, as the server ignores
 * those that aren't. Where only some were called back, as {@link PendingSearch} found
 * them, all of them have to come before anything else does. Then they were pending, and
 * as there are as many as the server counts, nothing else was. When anything else comes
 * first the search was misled, and everything is called back.
 */
final class AckFloor {

	private final ArrayDeque<Delivery> open = new ArrayDeque<>();

	/**
	 * Those of them that were given back since the container attached: they are open
	 * until they have come again.
	 */
	private final Set<Long> away = new HashSet<>();

	/** What was called back because of a search and hasn't come. */
	private final SortedSet<Long> recalled = new TreeSet<>();

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable Object consumer;

	/** Where the newest message was acknowledged. */
	private @Nullable String last;

	private long acknowledged;

	private long nextDelivery;

	private boolean attached;

	/** Whether not all is called back yet that was delivered before. */
	private boolean callingBack;

	/** How many were called back without a search and haven't come. */
	private long missing;

	private long delivered;

	/** What is newer comes after all that was called back. */
	private long newest;

	private boolean lost;

	private boolean misled;

	/** Whether anything has come and was settled. */
	private boolean advanced;

	/**
	 * Attach to the consumer. Nothing may be asked for before all that is unknown was
	 * called back, but the server may still answer what was asked for before: what was
	 * called back already, which isn't acknowledged yet, as the server then ignores what
	 * still has to be, and new messages, which come too early.
	 * @param info the consumer as the server has it now
	 * @param pending what the server waits for, or {@code null} when that isn't known
	 * @return the sequences of the messages that the server may wait for and that aren't
	 * here
	 */
	LongStream attach(ConsumerInfo info, @Nullable SortedSet<Long> pending) {
		this.lock.lock();
		try {
			if (!info.getCreationTime().equals(this.consumer)) {
				begin(info);
			}
			this.lost = info.getAckFloor().getStreamSequence() < this.acknowledged;
			this.nextDelivery = info.getDelivered().getConsumerSequence() + 1;
			this.delivered = info.getDelivered().getStreamSequence();
			this.attached = true;
			this.callingBack = true;
			this.newest = Long.MAX_VALUE;
			this.misled = false;
			this.recalled.clear();
			leaveWhatIsAway();
			this.missing = (pending != null) ? 0 : info.getNumAckPending() - countHere(info);
			if (pending != null) {
				long[] unknown = unknown(info, pending.stream().mapToLong(Long::longValue)).toArray();
				LongStream.of(unknown).forEach(this.recalled::add);
				return LongStream.of(unknown);
			}
			return (info.getNumAckPending() > 0) ? unknown(info) : LongStream.empty();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * What was given back comes again as anything that isn't here does, or was removed
	 * from the stream.
	 */
	private void leaveWhatIsAway() {
		long[] numbers = numbers();
		this.open.removeIf((delivery) -> this.away.contains(delivery.sequence()));
		this.away.clear();
		number(numbers);
	}

	/**
	 * How many of those that the server waits for are here.
	 */
	private long countHere(ConsumerInfo info) {
		long acknowledged = info.getAckFloor().getStreamSequence();
		return this.open.stream()
			.mapToLong(Delivery::sequence)
			.filter((sequence) -> sequence > acknowledged && sequence <= this.delivered)
			.count();
	}

	/**
	 * All that was unknown has been called back.
	 * @param info the consumer as the server had it after that, or before when there was
	 * nothing unknown
	 */
	void calledBack(ConsumerInfo info) {
		this.lock.lock();
		try {
			this.newest = info.getDelivered().getStreamSequence();
			this.callingBack = false;
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
		long from = Math.max(this.acknowledged, info.getAckFloor().getStreamSequence()) + 1;
		return unknown(info, LongStream.rangeClosed(from, info.getDelivered().getStreamSequence()));
	}

	private LongStream unknown(ConsumerInfo info, LongStream pending) {
		Set<Long> known = this.open.stream().map(Delivery::sequence).collect(Collectors.toSet());
		long settled = Math.max(this.acknowledged, info.getAckFloor().getStreamSequence());
		return pending.filter((sequence) -> sequence > settled && !known.contains(sequence));
	}

	/**
	 * Whether a search can't tell what is pending: it was misled, or the server waits for
	 * what was acknowledged, too, which doesn't come to prove that it was pending.
	 */
	boolean isInDoubt(ConsumerInfo info) {
		this.lock.lock();
		try {
			return this.misled || isBehind(info);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Look for an acknowledgement that the server hasn't got.
	 * @return where to acknowledge again, or {@code null}
	 */
	@Nullable String lost(ConsumerInfo info) {
		this.lock.lock();
		try {
			return isBehind(info) ? this.last : null;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isBehind(ConsumerInfo info) {
		return info.getCreationTime().equals(this.consumer)
				&& info.getAckFloor().getStreamSequence() < this.acknowledged;
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
			return this.attached && !this.callingBack;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The server has nothing to deliver: what was called back and hasn't come was removed
	 * from the stream.
	 * @return whether it was waited for
	 */
	boolean leaveMissing() {
		this.lock.lock();
		try {
			boolean waited = this.attached && !this.callingBack && this.missing > 0;
			if (waited) {
				this.missing = 0;
			}
			return waited;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A message has come.
	 */
	Arrival add(Delivery delivery) {
		long number = delivery.consumerSequence();
		this.lock.lock();
		try {
			if (!this.attached) {
				return Arrival.TOO_EARLY;
			}
			if (number > this.nextDelivery || isUnexpected(delivery.sequence())) {
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

	/**
	 * Whether something comes before all that was called back.
	 */
	private boolean isUnexpected(long sequence) {
		if (this.callingBack && sequence > this.delivered) {
			return true;
		}
		if (this.recalled.isEmpty() || this.recalled.remove(sequence) || isKnown(sequence)) {
			return false;
		}
		this.misled = true;
		return true;
	}

	private boolean isKnown(long sequence) {
		return sequence <= this.acknowledged || this.open.stream().anyMatch((known) -> known.sequence() == sequence);
	}

	private boolean insert(Delivery delivery) {
		long sequence = delivery.sequence();
		if (sequence <= this.acknowledged) {
			this.lost = true;
			return false;
		}
		boolean returns = this.away.remove(sequence);
		if (returns) {
			this.open.removeIf((known) -> known.sequence() == sequence);
		}
		Delivery newest = this.open.peekLast();
		if (newest == null || newest.sequence() < sequence) {
			this.open.addLast(delivery);
		}
		else if (isKnown(sequence)) {
			return false;
		}
		else {
			insertInOrder(delivery);
		}
		if (sequence > this.newest) {
			this.missing = 0;
		}
		else if (sequence <= this.delivered && !returns) {
			this.missing--;
		}
		return true;
	}

	private void insertInOrder(Delivery delivery) {
		List<Delivery> sorted = new ArrayList<>(this.open);
		sorted.add(delivery);
		sorted.sort(Comparator.comparingLong(Delivery::sequence));
		this.open.clear();
		this.open.addAll(sorted);
		number(numbers());
	}

	private long[] numbers() {
		return this.open.stream().mapToLong(Delivery::consumerSequence).sorted().toArray();
	}

	/**
	 * The server ignores an acknowledgement whose delivery has no higher number than the
	 * one before, and they didn't come in the order of the stream.
	 */
	private void number(long[] numbers) {
		int i = 0;
		for (Delivery next : this.open) {
			next.setConsumerSequence(numbers[i++]);
		}
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
			if (this.callingBack) {
				return null;
			}
			Delivery settled = null;
			while (!this.open.isEmpty() && this.open.getFirst().isFinished() && !isCalledBackBefore()) {
				settled = this.open.removeFirst();
			}
			if (settled != null) {
				this.last = AckSubject.withConsumerSequence(settled.message().getReplyTo(), settled.consumerSequence());
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
	 * Whether what was called back and hasn't come may be before the first one.
	 */
	private boolean isCalledBackBefore() {
		return this.missing > 0
				|| (!this.recalled.isEmpty() && this.recalled.first() < this.open.getFirst().sequence());
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
	 * Call the action for all that are settled but not acknowledged: the server waits for
	 * them.
	 */
	void forEachSettled(Consumer<Delivery> action) {
		settled().forEach(action);
	}

	private List<Delivery> settled() {
		this.lock.lock();
		try {
			return this.open.stream().filter(Delivery::isFinished).toList();
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

		/** Leave it, and attach again: there are messages before it that are not here. */
		OUT_OF_SEQUENCE

	}

}

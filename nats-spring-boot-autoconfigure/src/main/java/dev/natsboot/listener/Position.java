package dev.natsboot.listener;

import java.time.Duration;
import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;

import io.nats.client.Message;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.StreamInfo;
import io.nats.client.impl.NatsJetStreamMetaData;
import org.jspecify.annotations.Nullable;

/**
 * How far a listener without a durable consumer has come. When the server has forgotten
 * the consumer, a new one goes on behind what was handled: at the first message whose
 * fate is open. What comes again although it was handled isn't handled again.
 */
class Position {

	/**
	 * A durable consumer knows its position itself.
	 */
	static final Position OF_THE_SERVER = new Position(null, false) {

		@Override
		boolean begin(Delivery delivery) {
			return true;
		}

		@Override
		void end(Delivery delivery) {
		}

	};

	private static final Duration STILL_RUNNING = Duration.ofSeconds(1);

	private final @Nullable DeliverPolicy policy;

	private final boolean acknowledged;

	private final NavigableSet<Long> open = new ConcurrentSkipListSet<>();

	private final Map<Long, Delivery> running = new ConcurrentHashMap<>();

	private @Nullable Object stream;

	private long last;

	private volatile long highest = -1;

	private volatile @Nullable NatsJetStreamMetaData newest;

	private Position(@Nullable DeliverPolicy policy, boolean acknowledged) {
		this.policy = policy;
		this.acknowledged = acknowledged;
	}

	static Position of(NatsListenerEndpoint endpoint) {
		return (endpoint.consumer() != null) ? OF_THE_SERVER
				: new Position(endpoint.deliverPolicy(), endpoint.ackMode() != AckMode.NONE);
	}

	/**
	 * A message has come.
	 * @return whether it shall be handled: it wasn't before, and isn't being handled
	 */
	boolean begin(Delivery delivery) {
		Message message = delivery.message();
		long sequence = message.metaData().streamSequence();
		if (sequence > this.highest) {
			this.highest = sequence;
			this.newest = message.metaData();
		}
		else if (!this.open.contains(sequence) && isOld(message.metaData())) {
			tell(message::ack);
			return false;
		}
		Delivery previous = this.running.get(sequence);
		if (previous != null && !previous.isDecided()) {
			tell(() -> message.nakWithDelay(STILL_RUNNING));
			return false;
		}
		this.running.put(sequence, delivery);
		this.open.add(sequence);
		return true;
	}

	/**
	 * A server that lost the end of a stream gives its sequences to other messages.
	 */
	private boolean isOld(NatsJetStreamMetaData message) {
		NatsJetStreamMetaData known = this.newest;
		return known != null && !message.timestamp().isAfter(known.timestamp());
	}

	private void tell(Runnable action) {
		if (this.acknowledged) {
			action.run();
		}
	}

	/**
	 * The way of a message through this container has ended, for now or for good.
	 */
	void end(Delivery delivery) {
		long sequence = delivery.message().metaData().streamSequence();
		this.running.remove(sequence, delivery);
		if (delivery.isFinished()) {
			this.open.remove(sequence);
		}
	}

	/**
	 * Nobody waits any longer for what somebody was to settle by hand: it may be handled
	 * again. Where nobody acknowledges it can't.
	 * @param running whether a handler still has it
	 */
	void release(Predicate<Delivery> running) {
		if (this.acknowledged) {
			this.running.values().removeIf(running.negate());
		}
	}

	/**
	 * Whether a handler hasn't finished.
	 */
	boolean isBusy() {
		return !this.running.isEmpty();
	}

	/**
	 * Where a new consumer begins whose listener keeps nothing of what came.
	 * @return the sequence, or {@code null} for where the endpoint says
	 */
	@Nullable Long next() {
		Long first = this.open.isEmpty() ? null : this.open.first();
		return resumes() ? (first != null) ? first : Long.valueOf(this.highest + 1) : null;
	}

	/**
	 * Where a new consumer begins whose listener keeps what came.
	 * @return the sequence, or {@code null} for where the endpoint says
	 */
	@Nullable Long afterNewest() {
		return resumes() ? Long.valueOf(this.highest + 1) : null;
	}

	/**
	 * While the last messages per subject are being delivered, a sequence would bring
	 * older ones too.
	 */
	private boolean resumes() {
		return this.highest >= 0 && !(this.policy == DeliverPolicy.LastPerSubject && this.highest < this.last);
	}

	/**
	 * Look at the stream before a consumer is made. One that was made anew is read from
	 * its first message, one that has lost its end from there.
	 */
	void on(StreamInfo info) {
		Object created = info.getCreateTime();
		long end = info.getStreamState().getLastSequence();
		if (this.stream == null) {
			this.last = end;
		}
		else if (!created.equals(this.stream)) {
			this.open.clear();
			this.last = 0;
			this.highest = 0;
			this.newest = null;
		}
		else if (this.highest > end) {
			this.open.tailSet(end, false).clear();
			this.highest = end;
		}
		this.stream = created;
	}

	/**
	 * A consumer was made: it stands in front of the first message that it will deliver.
	 */
	void on(ConsumerInfo info) {
		if (this.highest < 0) {
			this.highest = info.getDelivered().getStreamSequence();
		}
	}

}

package dev.natsboot.listener;

import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.StreamInfo;
import io.nats.client.impl.NatsJetStreamMetaData;
import org.jspecify.annotations.Nullable;

/**
 * How far a listener without a durable consumer has come. When the server has forgotten
 * the consumer, a new one goes on behind what was handled: at the first message whose
 * fate is open. What comes again although it was handled isn't handled again, but what
 * was lost on the way is handled when it comes, behind others that were published later.
 */
class Position {

	/**
	 * A durable consumer knows its position itself.
	 */
	static final Position OF_THE_SERVER = new Position(null, false) {

		@Override
		Arrival begin(Delivery delivery) {
			return Arrival.NEW;
		}

		@Override
		void end(Delivery delivery) {
		}

	};

	private final ReentrantLock lock = new ReentrantLock();

	private final @Nullable DeliverPolicy policy;

	private final boolean acknowledged;

	/**
	 * When what isn't finished was published. A stream that was made anew, or that has
	 * lost its end, gives its sequences to other messages.
	 */
	private final NavigableMap<Long, ZonedDateTime> open = new TreeMap<>();

	private final Map<Long, Delivery> running = new HashMap<>();

	private final Arrived arrived;

	private @Nullable Object stream;

	private long last;

	private Position(@Nullable DeliverPolicy policy, boolean acknowledged) {
		this.policy = policy;
		this.acknowledged = acknowledged;
		this.arrived = new Arrived(acknowledged);
	}

	static Position of(NatsListenerEndpoint endpoint) {
		return (endpoint.consumer() != null) ? OF_THE_SERVER
				: new Position(endpoint.deliverPolicy(), endpoint.ackMode() != AckMode.NONE);
	}

	/**
	 * A message has come.
	 * @return what becomes of it
	 */
	Arrival begin(Delivery delivery) {
		this.lock.lock();
		try {
			return add(delivery);
		}
		finally {
			this.lock.unlock();
		}
	}

	private Arrival add(Delivery delivery) {
		NatsJetStreamMetaData message = delivery.message().metaData();
		long sequence = message.streamSequence();
		boolean isOpen = message.timestamp().equals(this.open.get(sequence));
		if (!this.arrived.add(message) && !isOpen) {
			return Arrival.HANDLED;
		}
		Delivery previous = this.running.get(sequence);
		if (isOpen && previous != null && !previous.isDecided()) {
			return Arrival.RUNNING;
		}
		this.running.put(sequence, delivery);
		this.open.put(sequence, message.timestamp());
		return Arrival.NEW;
	}

	/**
	 * The way of a message through this container has ended, for now or for good.
	 */
	void end(Delivery delivery) {
		NatsJetStreamMetaData message = delivery.message().metaData();
		this.lock.lock();
		try {
			this.running.remove(message.streamSequence(), delivery);
			if (delivery.isFinished()) {
				this.open.remove(message.streamSequence(), message.timestamp());
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Nobody waits any longer for what somebody was to settle by hand: it may be handled
	 * again. Where nobody acknowledges it can't.
	 * @param running whether a handler still has it
	 */
	void release(Predicate<Delivery> running) {
		if (this.acknowledged) {
			locked(() -> this.running.values().removeIf(running.negate()));
		}
	}

	/**
	 * Whether a handler hasn't finished.
	 */
	boolean isBusy() {
		return locked(() -> !this.running.isEmpty());
	}

	/**
	 * Where a new consumer begins whose listener keeps nothing of what came.
	 * @return the sequence, or {@code null} for where the endpoint says
	 */
	@Nullable Long next() {
		return locked(() -> {
			long first = this.open.isEmpty() ? Long.MAX_VALUE : this.open.firstKey();
			return resumes() ? Long.valueOf(Math.min(first, this.arrived.firstMissing())) : null;
		});
	}

	/**
	 * Where a new consumer begins whose listener keeps what came.
	 * @return the sequence, or {@code null} for where the endpoint says
	 */
	@Nullable Long afterNewest() {
		return locked(() -> resumes() ? Long.valueOf(this.arrived.highest() + 1) : null);
	}

	/**
	 * While one of the last messages per subject may be missing, a sequence would bring
	 * older ones too.
	 */
	private boolean resumes() {
		return this.arrived.highest() >= 0
				&& !(this.policy == DeliverPolicy.LastPerSubject && this.arrived.firstMissing() <= this.last);
	}

	/**
	 * Look at the stream before a consumer is made. One that was made anew is read from
	 * its first message, one that has lost its end from there.
	 */
	void on(StreamInfo info) {
		locked(() -> {
			look(info);
			return null;
		});
	}

	private void look(StreamInfo info) {
		Object created = info.getCreateTime();
		long end = info.getStreamState().getLastSequence();
		if (this.stream == null) {
			this.last = end;
		}
		else if (!created.equals(this.stream)) {
			this.open.clear();
			this.arrived.restart();
			this.last = 0;
		}
		else if (this.arrived.highest() > end) {
			this.open.tailMap(end, false).clear();
			this.arrived.cut(end);
		}
		this.stream = created;
	}

	/**
	 * A consumer was made.
	 */
	void on(ConsumerInfo info) {
		locked(() -> {
			this.arrived.on(info);
			return null;
		});
	}

	/**
	 * The server tells how far a consumer has come. Where nobody acknowledges that is how
	 * far it has delivered.
	 */
	void acknowledged(ConsumerInfo info) {
		locked(() -> {
			if (this.acknowledged && this.arrived.acknowledged(info)) {
				this.open.headMap(info.getAckFloor().getStreamSequence(), true)
					.keySet()
					.removeIf((sequence) -> !this.running.containsKey(sequence));
			}
			return null;
		});
	}

	private <T extends @Nullable Object> T locked(Supplier<T> action) {
		this.lock.lock();
		try {
			return action.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * What becomes of a message that came.
	 */
	enum Arrival {

		/** It wasn't handled before, and isn't being handled. */
		NEW,

		/** It was handled, but the server doesn't know. */
		HANDLED,

		/** Its handler hasn't finished. */
		RUNNING

	}

}

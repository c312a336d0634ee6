package dev.natsboot.listener;

import io.nats.client.api.ConsumerInfo;
import io.nats.client.impl.NatsJetStreamMetaData;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of a stream a listener without a durable consumer got. Its consumer
 * numbers what it delivers, and delivers in the order of the stream what it hasn't
 * delivered before: when a number is missing, what was lost is behind the highest that
 * came, and before the next one that comes for the first time. All others up to the
 * highest have come, or were not for this listener. Not safe for use by several threads.
 */
final class Arrived {

	private final boolean redelivered;

	private final Gaps gaps = new Gaps();

	private long highest = -1;

	private @Nullable NatsJetStreamMetaData newest;

	private @Nullable String consumer;

	/** The number of the consumer's next delivery, if none is lost. */
	private long expected;

	/** Whether a number is missing that may be of a message behind the highest. */
	private boolean lossy;

	/**
	 * Begin with nothing.
	 * @param redelivered whether the server delivers again what was lost
	 */
	Arrived(boolean redelivered) {
		this.redelivered = redelivered;
	}

	/**
	 * A message has come.
	 * @return whether for the first time
	 */
	boolean add(NatsJetStreamMetaData message) {
		this.lossy |= this.redelivered && message.consumerSequence() != this.expected;
		this.expected = message.consumerSequence() + 1;
		long sequence = message.streamSequence();
		if (sequence <= this.highest) {
			return this.gaps.remove(sequence) || isNewer(message);
		}
		if (this.lossy) {
			this.gaps.add(this.highest + 1, sequence - 1);
			this.lossy = message.deliveredCount() > 1;
		}
		this.highest = sequence;
		this.newest = message;
		return true;
	}

	/**
	 * A server that lost the end of a stream gives its sequences to other messages.
	 */
	private boolean isNewer(NatsJetStreamMetaData message) {
		return this.newest == null || message.timestamp().isAfter(this.newest.timestamp());
	}

	/**
	 * The largest sequence, or where the first consumer began; -1 when there was none.
	 */
	long highest() {
		return this.highest;
	}

	/**
	 * The first sequence that hasn't come.
	 */
	long firstMissing() {
		return Math.min(this.gaps.first(), this.highest + 1);
	}

	/**
	 * The stream was made anew.
	 */
	void restart() {
		this.gaps.clear();
		this.highest = 0;
		this.newest = null;
	}

	/**
	 * The stream has lost its end.
	 */
	void cut(long end) {
		this.gaps.removeFrom(end + 1);
		this.highest = end;
	}

	/**
	 * A consumer was made: it stands in front of the first message that it will deliver.
	 */
	void on(ConsumerInfo info) {
		this.consumer = info.getName();
		this.expected = info.getDelivered().getConsumerSequence() + 1;
		this.lossy = false;
		if (this.highest < 0) {
			this.highest = info.getDelivered().getStreamSequence();
		}
	}

	/**
	 * The server tells how far a consumer has come: what it knows as acknowledged isn't
	 * missing.
	 * @return whether it is the latest consumer
	 */
	boolean acknowledged(ConsumerInfo info) {
		boolean latest = info.getName().equals(this.consumer);
		if (latest) {
			this.gaps.removeTo(info.getAckFloor().getStreamSequence());
		}
		return latest;
	}

}

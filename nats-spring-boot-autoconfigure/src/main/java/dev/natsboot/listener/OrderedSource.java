package dev.natsboot.listener;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.impl.NatsJetStreamMetaData;

/**
 * Pulls the messages of an ordered consumer. The consumer numbers what it delivers: when
 * a number is missing nothing more is let through until the consumer was made anew.
 */
final class OrderedSource implements MessageSource {

	private final PullSource source;

	private final Consumer<Message> messages;

	private final Consumer<SourceStatus> statuses;

	private final ReentrantLock passing = new ReentrantLock();

	private boolean closed;

	private volatile Run run;

	OrderedSource(Connection connection, String apiPrefix, ConsumerInfo consumer, Consumer<Message> messages,
			Consumer<SourceStatus> statuses) {
		this.source = new PullSource(connection, apiPrefix, consumer, this::received, this::status);
		this.messages = messages;
		this.statuses = statuses;
		this.run = new Run(consumer.getName());
	}

	@Override
	public void open() {
		this.source.open();
	}

	@Override
	public boolean isOnDemand() {
		return true;
	}

	@Override
	public void request(int count) {
		this.source.request(count);
	}

	@Override
	public int outstanding() {
		return this.source.outstanding();
	}

	@Override
	public boolean hasMore() {
		return this.source.hasMore();
	}

	@Override
	public void reset() {
		this.source.reset();
	}

	@Override
	public void moveTo(ConsumerInfo consumer) {
		this.run = new Run(consumer.getName());
		this.source.moveTo(consumer);
	}

	@Override
	public void suspect() {
		this.source.suspect();
	}

	@Override
	public boolean isSilent(Duration passed) {
		return this.source.isSilent(passed);
	}

	@Override
	public CompletableFuture<Boolean> drain(Duration timeout) throws InterruptedException {
		return this.source.drain(timeout);
	}

	/**
	 * Afterwards no message is let through: none may overtake those that its owner gives
	 * up now.
	 */
	@Override
	public void close() {
		this.passing.lock();
		try {
			this.closed = true;
		}
		finally {
			this.passing.unlock();
		}
		this.source.close();
	}

	private void received(Message message) {
		this.passing.lock();
		try {
			pass(message);
		}
		finally {
			this.passing.unlock();
		}
	}

	private void pass(Message message) {
		Run current = this.run;
		NatsJetStreamMetaData meta = message.metaData();
		if (!meta.getConsumer().equals(current.consumer) || current.broken || this.closed) {
			return;
		}
		if (meta.consumerSequence() != current.next) {
			broken(current, meta.consumerSequence());
			return;
		}
		current.next++;
		this.messages.accept(message);
	}

	/**
	 * A heartbeat says how far the consumer has delivered: what was missed at the end is
	 * noticed by it.
	 */
	private void status(SourceStatus status) {
		Run current = this.run;
		if (status.lastDelivered() >= current.next && !current.broken) {
			broken(current, status.lastDelivered());
		}
		this.statuses.accept(status);
	}

	private void broken(Run current, long delivered) {
		current.broken = true;
		this.statuses.accept(new SourceStatus(SourceStatus.Kind.UNAVAILABLE, -1, -1, "Ordered consumer '"
				+ current.consumer + "' has delivered " + delivered + " messages, " + (current.next - 1) + " came"));
	}

	/**
	 * How far one consumer has come. Changed on the source's thread only.
	 */
	private static final class Run {

		private final String consumer;

		private long next = 1;

		private boolean broken;

		Run(String consumer) {
			this.consumer = consumer;
		}

	}

}

package dev.natsboot.listener;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.PullRequestOptions;
import io.nats.client.api.ConsumerInfo;
import org.jspecify.annotations.Nullable;

/**
 * Pulls messages of one consumer over one connection. Counts how many were asked for and
 * have not come, so that its owner can keep that number as high as it wants. The inbox
 * has a generation as its last token: a status that belongs to requests from before a
 * reconnect is ignored.
 */
final class PullSource {

	private static final Duration EXPIRES = Duration.ofSeconds(30);

	private static final Duration HEARTBEAT = Duration.ofSeconds(5);

	private final Connection connection;

	private final String subject;

	private final String inbox;

	private final Consumer<Message> messages;

	private final Consumer<PullStatus> statuses;

	private final Duration expires;

	private final Duration heartbeat;

	private final AtomicInteger outstanding = new AtomicInteger();

	private volatile int generation;

	private volatile boolean heard;

	private @Nullable Dispatcher dispatcher;

	PullSource(Connection connection, String apiPrefix, ConsumerInfo consumer, Consumer<Message> messages,
			Consumer<PullStatus> statuses) {
		this.connection = connection;
		this.subject = apiPrefix + "CONSUMER.MSG.NEXT." + consumer.getStreamName() + "." + consumer.getName();
		this.expires = expires(consumer.getConsumerConfiguration().getMaxExpires());
		this.heartbeat = shorter(HEARTBEAT, this.expires.dividedBy(3));
		this.inbox = connection.createInbox();
		this.messages = messages;
		this.statuses = statuses;
	}

	/**
	 * A consumer may refuse requests that wait for longer.
	 */
	private static Duration expires(@Nullable Duration most) {
		return (most == null || most.isZero() || most.isNegative()) ? EXPIRES : shorter(EXPIRES, most);
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

	void open() {
		Dispatcher created = this.connection.createDispatcher(this::received);
		created.setPendingLimits(-1, -1);
		created.subscribe(this.inbox + ".*");
		this.dispatcher = created;
	}

	/**
	 * Ask for messages.
	 */
	void request(int batch) {
		this.outstanding.addAndGet(batch);
		byte[] body = PullRequestOptions.builder(batch)
			.expiresIn(this.expires)
			.idleHeartbeat(this.heartbeat)
			.build()
			.serialize();
		this.connection.publish(this.subject, this.inbox + "." + this.generation, body);
	}

	/**
	 * How many messages were asked for and have not come.
	 */
	int outstanding() {
		return this.outstanding.get();
	}

	/**
	 * Forget what was asked for: the server has forgotten it too.
	 */
	void reset() {
		this.generation++;
		this.outstanding.set(0);
	}

	/**
	 * Whether anything came since the last call.
	 */
	boolean heardSinceLastCall() {
		boolean result = this.heard;
		this.heard = false;
		return result;
	}

	static Duration silenceLimit() {
		return HEARTBEAT.multipliedBy(2);
	}

	/**
	 * End the subscription. What is on its way still comes; the future completes when it
	 * has.
	 */
	CompletableFuture<Boolean> drain(Duration timeout) throws InterruptedException {
		Dispatcher current = this.dispatcher;
		if (current == null || !current.isActive()) {
			return CompletableFuture.completedFuture(true);
		}
		if (this.connection.getStatus() != Connection.Status.CONNECTED) {
			close();
			return CompletableFuture.completedFuture(true);
		}
		return current.drain(timeout);
	}

	/**
	 * Give the dispatcher's thread back.
	 */
	void close() {
		Dispatcher current = this.dispatcher;
		if (current != null && current.isActive() && this.connection.getStatus() != Connection.Status.CLOSED) {
			this.connection.closeDispatcher(current);
		}
	}

	private void received(Message message) {
		this.heard = true;
		if (!message.isStatusMessage()) {
			received(1);
			this.messages.accept(message);
			return;
		}
		Integer of = PullStatus.generation(message);
		if (of == null || of == this.generation) {
			status(PullStatus.of(message));
		}
	}

	private void status(PullStatus status) {
		if (status.kind() != PullStatus.Kind.HEARTBEAT) {
			received((status.pending() >= 0) ? status.pending() : this.outstanding.get());
		}
		this.statuses.accept(status);
	}

	private void received(int count) {
		this.outstanding.updateAndGet((value) -> Math.max(0, value - count));
	}

}

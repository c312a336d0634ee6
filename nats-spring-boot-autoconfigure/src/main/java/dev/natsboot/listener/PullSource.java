package dev.natsboot.listener;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.nats.client.Connection;
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
final class PullSource implements MessageSource {

	private static final Duration EXPIRES = Duration.ofSeconds(30);

	/**
	 * A request dies with the leader of its consumer, and only silence tells.
	 */
	private static final Duration HEARTBEAT = Duration.ofSeconds(1);

	private static final String SERVER_WITH_SAFE_REQUESTS = "2.10.0";

	private static final Duration INFO_TIMEOUT = Duration.ofSeconds(1);

	private final Connection connection;

	private final String apiPrefix;

	private final String inbox;

	private final SourceSubscription subscription;

	private final Consumer<Message> messages;

	private final Consumer<SourceStatus> statuses;

	private final Duration expires;

	private final Duration heartbeat;

	private final ReentrantLock resetting = new ReentrantLock();

	private final AtomicInteger outstanding = new AtomicInteger();

	private volatile String subject;

	private volatile int generation;

	PullSource(Connection connection, String apiPrefix, ConsumerInfo consumer, Consumer<Message> messages,
			Consumer<SourceStatus> statuses) {
		this.connection = connection;
		this.apiPrefix = apiPrefix;
		this.subject = subject(consumer);
		this.expires = expires(consumer.getConsumerConfiguration().getMaxExpires());
		this.heartbeat = shorter(HEARTBEAT, this.expires.dividedBy(3));
		this.inbox = connection.createInbox();
		this.subscription = new SourceSubscription(connection, this.inbox + ".*", null, this::received);
		this.messages = messages;
		this.statuses = statuses;
	}

	private String subject(ConsumerInfo consumer) {
		return this.apiPrefix + "CONSUMER.MSG.NEXT." + consumer.getStreamName() + "." + consumer.getName();
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

	@Override
	public void open() {
		this.subscription.open();
	}

	@Override
	public boolean isOnDemand() {
		return true;
	}

	@Override
	public void request(int batch) {
		this.outstanding.addAndGet(batch);
		byte[] body = PullRequestOptions.builder(batch)
			.expiresIn(this.expires)
			.idleHeartbeat(this.heartbeat)
			.build()
			.serialize();
		this.connection.publish(this.subject, this.inbox + "." + this.generation, body);
	}

	@Override
	public int outstanding() {
		return this.outstanding.get();
	}

	@Override
	public boolean hasMore() {
		return this.subscription.hasMore();
	}

	@Override
	public void reset() {
		this.resetting.lock();
		try {
			this.subscription.renewWhenStale();
			this.generation++;
			this.outstanding.set(0);
		}
		finally {
			this.resetting.unlock();
		}
	}

	@Override
	public void moveTo(ConsumerInfo consumer) {
		this.subject = subject(consumer);
		reset();
	}

	@Override
	public void suspect() {
		this.subscription.suspect();
	}

	@Override
	public boolean isSilent(Duration passed) {
		return this.subscription.isSilent(passed, outstanding() > 0, this.heartbeat.multipliedBy(3));
	}

	@Override
	public CompletableFuture<Boolean> drain(Duration timeout) throws InterruptedException {
		return this.subscription.drain(timeout).thenApply((drained) -> {
			forgetRequests();
			return drained;
		});
	}

	/**
	 * Have the server look through its requests. Before 2.10 it tries to redeliver to
	 * requests that nobody listens to any more, and then leaves that message to its ack
	 * wait; asking for the consumer removes such requests.
	 */
	private void forgetRequests() {
		if (this.connection.getStatus() != Connection.Status.CONNECTED
				|| !this.connection.getServerInfo().isOlderThanVersion(SERVER_WITH_SAFE_REQUESTS)) {
			return;
		}
		try {
			this.connection.request(this.subject.replace(".MSG.NEXT.", ".INFO."), null, INFO_TIMEOUT);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		this.subscription.close();
	}

	private void received(Message message) {
		if (!message.isStatusMessage()) {
			received(1);
			this.messages.accept(message);
			return;
		}
		Integer of = SourceStatus.generation(message);
		if (of == null || of == this.generation) {
			status(SourceStatus.of(message));
		}
	}

	private void status(SourceStatus status) {
		if (status.kind() != SourceStatus.Kind.HEARTBEAT) {
			received((status.pending() >= 0) ? status.pending() : this.outstanding.get());
		}
		this.statuses.accept(status);
	}

	private void received(int count) {
		this.outstanding.accumulateAndGet(count, (before, received) -> Math.max(0, before - received));
	}

}

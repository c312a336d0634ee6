package dev.natsboot.listener;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Takes what the server sends to a consumer's deliver subject. Where the consumer has an
 * idle heartbeat silence is noticed by it; where it has none (a deliver group and a
 * heartbeat exclude each other) {@link ConsumerProbe} looks after the consumer.
 */
final class PushSource implements MessageSource {

	private static final String STALLED = "Nats-Consumer-Stalled";

	private final Connection connection;

	private final String subject;

	private final @Nullable String group;

	private final SourceSubscription subscription;

	private final Consumer<Message> messages;

	private final Consumer<SourceStatus> statuses;

	private final @Nullable Duration heartbeat;

	PushSource(Connection connection, ConsumerInfo consumer, Consumer<Message> messages,
			Consumer<SourceStatus> statuses) {
		ConsumerConfiguration configuration = consumer.getConsumerConfiguration();
		String deliverSubject = configuration.getDeliverSubject();
		Assert.state(deliverSubject != null, () -> "Consumer '" + consumer.getName() + "' is no push consumer");
		this.connection = connection;
		this.subject = deliverSubject;
		this.group = configuration.getDeliverGroup();
		this.subscription = new SourceSubscription(connection, deliverSubject, this.group, this::received);
		this.heartbeat = configuration.getIdleHeartbeat();
		this.messages = messages;
		this.statuses = statuses;
	}

	@Override
	public void open() {
		this.subscription.open();
	}

	@Override
	public boolean isOnDemand() {
		return false;
	}

	@Override
	public void request(int count) {
		throw new UnsupportedOperationException("The server sends by itself");
	}

	@Override
	public int outstanding() {
		return 0;
	}

	@Override
	public boolean hasMore() {
		return this.subscription.hasMore();
	}

	@Override
	public void reset() {
		this.subscription.renewWhenStale();
	}

	@Override
	public boolean serves(ConsumerInfo consumer) {
		ConsumerConfiguration configuration = consumer.getConsumerConfiguration();
		return Objects.equals(this.subject, configuration.getDeliverSubject())
				&& Objects.equals(this.group, configuration.getDeliverGroup());
	}

	@Override
	public void suspect() {
		this.subscription.suspect();
	}

	@Override
	public boolean isSilent(Duration passed) {
		return this.heartbeat != null && !this.heartbeat.isZero()
				&& this.subscription.isSilent(passed, true, this.heartbeat.multipliedBy(2));
	}

	@Override
	public CompletableFuture<Boolean> drain(Duration timeout) throws InterruptedException {
		return this.subscription.drain(timeout);
	}

	@Override
	public void close() {
		this.subscription.close();
	}

	private void received(Message message) {
		if (!message.isStatusMessage()) {
			this.messages.accept(message);
			return;
		}
		SourceStatus status = SourceStatus.of(message);
		if (status.kind() == SourceStatus.Kind.HEARTBEAT) {
			answer(message);
		}
		this.statuses.accept(status);
	}

	/**
	 * A flow control request has a reply subject; a heartbeat names that of a request
	 * that wasn't answered.
	 */
	private void answer(Message status) {
		String subject = status.getReplyTo();
		if (subject == null && status.getHeaders() != null) {
			subject = status.getHeaders().getFirst(STALLED);
		}
		if (subject != null) {
			this.connection.publish(subject, new byte[0]);
		}
	}

}

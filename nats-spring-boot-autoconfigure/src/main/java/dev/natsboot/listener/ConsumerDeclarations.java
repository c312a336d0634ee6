package dev.natsboot.listener;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.function.Supplier;

import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Declares the consumer that an endpoint needs.
 */
final class ConsumerDeclarations {

	/**
	 * How long the server keeps an ephemeral consumer while nobody asks for messages.
	 */
	private static final Duration INACTIVE_THRESHOLD = Duration.ofMinutes(5);

	private static final Duration HEARTBEAT = Duration.ofSeconds(5);

	private ConsumerDeclarations() {
	}

	/**
	 * Declare.
	 * @param existing the push consumer of this name that the server has, or {@code null}
	 * @param inboxes makes deliver subjects
	 * @param from the sequence at which a new consumer begins, or {@code null} for where
	 * the endpoint says
	 */
	static ConsumerConfiguration of(NatsListenerEndpoint endpoint, @Nullable ConsumerConfiguration existing,
			Supplier<String> inboxes, @Nullable Long from) {
		ConsumerConfiguration.Builder builder = ConsumerConfiguration.builder().ackPolicy(policy(endpoint.ackMode()));
		if (endpoint.consumer() != null) {
			builder.durable(endpoint.consumer());
		}
		else {
			builder.inactiveThreshold(INACTIVE_THRESHOLD);
		}
		if (!endpoint.subjects().isEmpty()) {
			builder.filterSubjects(endpoint.subjects());
		}
		type(builder, endpoint, existing, inboxes);
		start(builder, endpoint, from);
		return builder.build();
	}

	static AckPolicy policy(AckMode ackMode) {
		return switch (ackMode) {
			case AUTO, MANUAL -> AckPolicy.Explicit;
			case ALL -> AckPolicy.All;
			case NONE -> AckPolicy.None;
		};
	}

	private static void type(ConsumerConfiguration.Builder builder, NatsListenerEndpoint endpoint,
			@Nullable ConsumerConfiguration existing, Supplier<String> inboxes) {
		if (endpoint.consumerType() == ConsumerType.ORDERED) {
			builder.maxDeliver(1).memStorage(true).numReplicas(1);
			return;
		}
		if (endpoint.ackWait() != null) {
			builder.ackWait(endpoint.ackWait());
		}
		if (endpoint.maxAckPending() != null) {
			builder.maxAckPending(endpoint.maxAckPending());
		}
		if (endpoint.consumerType() == ConsumerType.PUSH) {
			push(builder, endpoint, existing, inboxes);
		}
	}

	/**
	 * Instances that share a durable consumer find each other by its deliver subject and
	 * group. A group excludes heartbeats and flow control.
	 */
	private static void push(ConsumerConfiguration.Builder builder, NatsListenerEndpoint endpoint,
			@Nullable ConsumerConfiguration existing, Supplier<String> inboxes) {
		if (existing != null && existing.getDeliverSubject() != null) {
			builder.deliverSubject(existing.getDeliverSubject()).deliverGroup(existing.getDeliverGroup());
		}
		else if (endpoint.consumer() != null) {
			String inbox = inboxes.get();
			builder
				.deliverSubject(inbox.substring(0, inbox.lastIndexOf('.') + 1) + "deliver." + endpoint.stream() + "."
						+ endpoint.consumer())
				.deliverGroup(endpoint.consumer());
		}
		else {
			builder.deliverSubject(inboxes.get()).flowControl(HEARTBEAT);
		}
	}

	private static void start(ConsumerConfiguration.Builder builder, NatsListenerEndpoint endpoint,
			@Nullable Long from) {
		if (from != null) {
			builder.deliverPolicy(DeliverPolicy.ByStartSequence).startSequence(from);
			return;
		}
		if (endpoint.deliverPolicy() != null) {
			builder.deliverPolicy(endpoint.deliverPolicy());
		}
		if (endpoint.startSequence() != null) {
			builder.startSequence(endpoint.startSequence());
		}
		if (endpoint.startTime() != null) {
			builder.startTime(endpoint.startTime().atZone(ZoneOffset.UTC));
		}
	}

}

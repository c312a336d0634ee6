package dev.natsboot.listener;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.nats.client.api.DeliverPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What a listener container listens to, and how. Every value is resolved: an attribute
 * that neither the annotation nor the properties set has its default here.
 *
 * @param id unique in the application
 * @param subjects what to listen to, with wildcards; may be empty for a stream, which
 * means all its subjects
 * @param queue the queue group of a core subscription, or {@code null} for none
 * @param stream the stream, or {@code null} for a core subscription
 * @param consumer the durable consumer, or {@code null} for an ephemeral one or a core
 * subscription
 * @param consumerType how messages come from the server, of no meaning for a core
 * subscription
 * @param concurrency how many messages are handled at the same time, at least 1; 1 keeps
 * their order
 * @param orderBy messages for which this gives the same are handled one after the other;
 * {@code null} for no order but that of one worker
 * @param ackMode who acknowledges, of no meaning for a core subscription
 * @param ackWait how long the server waits for an acknowledgement, or {@code null} for
 * what the consumer has
 * @param ackSyncTimeout how long an acknowledgement waits for the server's confirmation,
 * zero for not at all
 * @param maxDeliver how often a message is tried at most, -1 for no limit
 * @param backoff the delays before the second, third … delivery
 * @param deadLetterSubject where messages go that were given up, with the place-holders
 * {@code {stream}}, {@code {consumer}}, {@code {subject}}, {@code {listener}} and
 * {@code {sequence}}; {@code null} for nowhere
 * @param maxAckPending how many messages the server leaves unacknowledged, or
 * {@code null} for what the consumer has
 * @param deliverPolicy where a new consumer begins, or {@code null} for the server's
 * default (all)
 * @param startSequence the first sequence for {@link DeliverPolicy#ByStartSequence}, else
 * {@code null}
 * @param startTime the first time for {@link DeliverPolicy#ByStartTime}, else
 * {@code null}
 * @param batchSize how many messages a batch has at most
 * @param batchLinger how long a batch waits for more messages after its first one; zero
 * takes what is there
 * @param autoStartup whether the container starts with the application
 * @param replySubject where results are published, or {@code null} for the message's
 * reply subject
 * @param filter decides which messages reach the handler
 * @param idempotence how messages are recognised that were handled before, or
 * {@code null} when they aren't; needs a stream and {@link AckMode#AUTO} or
 * {@link AckMode#ALL}
 * @param errorHandler decides what becomes of a message whose handling failed
 * @param listener handles the messages
 */
public record NatsListenerEndpoint(String id, List<String> subjects, @Nullable String queue, @Nullable String stream,
		@Nullable String consumer, ConsumerType consumerType, int concurrency, @Nullable MessageExpression orderBy,
		AckMode ackMode, @Nullable Duration ackWait, Duration ackSyncTimeout, int maxDeliver, RetryDelays backoff,
		@Nullable String deadLetterSubject, @Nullable Long maxAckPending, @Nullable DeliverPolicy deliverPolicy,
		@Nullable Long startSequence, @Nullable Instant startTime, int batchSize, Duration batchLinger,
		boolean autoStartup, @Nullable String replySubject, MessageFilter filter, @Nullable Idempotence idempotence,
		ListenerErrorHandler errorHandler, EndpointListener listener) {

	/**
	 * Create an endpoint; {@link #builder(String, EndpointListener)} is easier to read.
	 * @param id unique in the application
	 * @param subjects what to listen to, with wildcards; may be empty for a stream, which
	 * means all its subjects
	 * @param queue the queue group of a core subscription, or {@code null} for none
	 * @param stream the stream, or {@code null} for a core subscription
	 * @param consumer the durable consumer, or {@code null} for an ephemeral one or a
	 * core subscription
	 * @param consumerType how messages come from the server, of no meaning for a core
	 * subscription
	 * @param concurrency how many messages are handled at the same time, at least 1; 1
	 * keeps their order
	 * @param orderBy messages for which this gives the same are handled one after the
	 * other; {@code null} for no order but that of one worker
	 * @param ackMode who acknowledges, of no meaning for a core subscription
	 * @param ackWait how long the server waits for an acknowledgement, or {@code null}
	 * for what the consumer has
	 * @param ackSyncTimeout how long an acknowledgement waits for the server's
	 * confirmation, zero for not at all
	 * @param maxDeliver how often a message is tried at most, -1 for no limit
	 * @param backoff the delays before the second, third … delivery
	 * @param deadLetterSubject where messages go that were given up, with the
	 * place-holders {@code {stream}}, {@code {consumer}}, {@code {subject}},
	 * {@code {listener}} and {@code {sequence}}; {@code null} for nowhere
	 * @param maxAckPending how many messages the server leaves unacknowledged, or
	 * {@code null} for what the consumer has
	 * @param deliverPolicy where a new consumer begins, or {@code null} for the server's
	 * default (all)
	 * @param startSequence the first sequence for {@link DeliverPolicy#ByStartSequence},
	 * else {@code null}
	 * @param startTime the first time for {@link DeliverPolicy#ByStartTime}, else
	 * {@code null}
	 * @param batchSize how many messages a batch has at most
	 * @param batchLinger how long a batch waits for more messages after its first one;
	 * zero takes what is there
	 * @param autoStartup whether the container starts with the application
	 * @param replySubject where results are published, or {@code null} for the message's
	 * reply subject
	 * @param filter decides which messages reach the handler
	 * @param idempotence how messages are recognised that were handled before, or
	 * {@code null} when they aren't; needs a stream and {@link AckMode#AUTO}
	 * @param errorHandler decides what becomes of a message whose handling failed
	 * @param listener handles the messages
	 * @throws IllegalArgumentException when a value is out of its range
	 */
	public NatsListenerEndpoint {
		Assert.hasText(id, "'id' must not be empty");
		Assert.isTrue(stream != null || !subjects.isEmpty(), () -> "Listener '" + id
				+ "' has no subject: set 'subjects', for example subjects = \"orders.created\"");
		Assert.isTrue(concurrency > 0, () -> "Listener '" + id + "': 'concurrency' must be 1 or more, but is "
				+ concurrency + ", for example concurrency = \"4\"");
		Assert.isTrue(maxDeliver > 0 || maxDeliver == -1,
				() -> "Listener '" + id + "': 'maxDeliver' must be 1 or more, or -1 for no limit, but is " + maxDeliver
						+ ", for example maxDeliver = \"5\"");
		Assert.isTrue(batchSize > 0, () -> "Listener '" + id + "': 'batchSize' must be 1 or more, but is " + batchSize);
		EndpointChecks.name(id, "stream", stream);
		EndpointChecks.name(id, "consumer", consumer);
		EndpointChecks.queue(id, queue);
		EndpointChecks.deadLetterSubject(id, deadLetterSubject);
		EndpointChecks.maxAckPending(id, maxAckPending);
		EndpointChecks.positive(id, "ackWait", ackWait, "30s");
		ConsumerTypeChecks.check(id, consumerType, stream, consumer, concurrency, ackMode);
		if (ackMode == AckMode.ALL && stream != null) {
			ConsumerTypeChecks.ackAll(id, listener instanceof BatchMessageListener, consumerType, consumer,
					concurrency);
		}
		EndpointChecks.notNegative(id, "ackSyncTimeout", ackSyncTimeout, "2s");
		Assert.isTrue(orderBy == null || (stream != null && !(listener instanceof BatchMessageListener)),
				() -> "Listener '" + id + "': 'orderBy' is '" + orderBy + "', which needs a stream and a method that "
						+ "takes one message at a time, for example stream = \"ORDERS\", orderBy = \"subject[2]\"");
		EndpointChecks.notNegative(id, "batchLinger", batchLinger, "10ms");
		EndpointChecks.idempotence(id, idempotence, stream, ackMode, consumerType);
		subjects = List.copyOf(subjects);
	}

	/**
	 * Whether this endpoint consumes from a stream.
	 * @return {@code true} for JetStream, {@code false} for a core subscription
	 */
	public boolean isJetStream() {
		return this.stream != null;
	}

	/**
	 * Whether the handler takes several messages at once.
	 * @return {@code true} for a batch listener
	 */
	public boolean isBatch() {
		return this.listener instanceof BatchMessageListener;
	}

	/**
	 * Begin an endpoint with the defaults: one worker, automatic acknowledgement, five
	 * deliveries with a back-off of 1, 5 and 10 seconds.
	 * @param id unique in the application
	 * @param listener handles the messages
	 * @return a builder
	 */
	public static NatsListenerEndpointBuilder builder(String id, EndpointListener listener) {
		return new NatsListenerEndpointBuilder(id, listener);
	}

}

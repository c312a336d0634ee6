package dev.natsboot.listener;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.nats.client.api.DeliverPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link NatsListenerEndpoint}.
 */
public final class NatsListenerEndpointBuilder {

	private final String id;

	private final EndpointListener listener;

	private List<String> subjects = List.of();

	private @Nullable String queue;

	private @Nullable String stream;

	private @Nullable String consumer;

	private ConsumerType consumerType = ConsumerType.PULL;

	private int concurrency = 1;

	private AckMode ackMode = AckMode.AUTO;

	private @Nullable Duration ackWait;

	private int maxDeliver = 5;

	private Duration ackSyncTimeout = Duration.ZERO;

	private @Nullable MessageExpression orderBy;

	private RetryDelays backoff = RetryDelays
		.of(List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(10)));

	private @Nullable String deadLetterSubject;

	private @Nullable Long maxAckPending;

	private @Nullable DeliverPolicy deliverPolicy;

	private @Nullable Long startSequence;

	private @Nullable Instant startTime;

	private int batchSize = 500;

	private Duration batchLinger = Duration.ZERO;

	private boolean autoStartup = true;

	private @Nullable String replySubject;

	private MessageFilter filter = MessageFilter.ALL;

	private @Nullable Idempotence idempotence;

	private ListenerErrorHandler errorHandler = new DefaultListenerErrorHandler();

	NatsListenerEndpointBuilder(String id, EndpointListener listener) {
		this.id = id;
		this.listener = listener;
	}

	/**
	 * Set {@link NatsListenerEndpoint#subjects()}.
	 * @param subjects what to listen to, with wildcards
	 * @return this builder
	 */
	public NatsListenerEndpointBuilder subjects(List<String> subjects) {
		this.subjects = subjects;
		return this;
	}

	/**
	 * Set {@link NatsListenerEndpoint#queue()}.
	 * @param queue the queue group of a core subscription, or {@code null} for none
	 * @return this builder
	 */
	public NatsListenerEndpointBuilder queue(@Nullable String queue) {
		this.queue = queue;
		return this;
	}

	/**
	 * Set {@link NatsListenerEndpoint#stream()}.
	 * @param stream the stream, or {@code null} for a core subscription
	 * @return this builder
	 */
	public NatsListenerEndpointBuilder stream(@Nullable String stream) {
		this.stream = stream;
		return this;
	}

	/**
	 * Set {@link NatsListenerEndpoint#consumer()}.
	 * @param consumer the durable consumer, or {@code null} for an ephemeral one
	 * @return this builder
	 */
	public NatsListenerEndpointBuilder consumer(@Nullable String consumer) {
		this.consumer = consumer;
		return this;
	}

	/**
	 * Set {@link NatsListenerEndpoint#consumerType()}. {@link ConsumerType#ORDERED} needs
	 * {@link AckMode#NONE}.
	 * @param consumerType how messages come from the server
	 * @return this builder
	 */
	public NatsListenerEndpointBuilder consumerType(ConsumerType consumerType) {
		this.consumerType = consumerType;
		return this;
	}

	/**
	 * Set {@link NatsListenerEndpoint#concurrency()}.
	 * @param concurrency how many messages are handled at the same time
	 * @return this builder
	 */
	public NatsListenerEndpointBuilder concurrency(int concurrency) {
		this.concurrency = concurrency;
		return this;
	}

	/**
	 * Set {@link NatsListenerEndpoint#ackMode()}.
	 * @param ackMode who acknowledges
	 * @return this builder
	 */
	public NatsListenerEndpointBuilder ackMode(AckMode ackMode) {
		this.ackMode = ackMode;
		return this;
	}

	/**
	 * Set {@link NatsListenerEndpoint#ackWait()}.
	 * @param ackWait how long the server waits for an acknowledgement, or {@code null}
	 * for what the consumer has
	 * @return this builder
	 */
	public NatsListenerEndpointBuilder ackWait(@Nullable Duration ackWait) {
		this.ackWait = ackWait;
		return this;
	}

	/**
	 * Set {@link NatsListenerEndpoint#maxDeliver()}.
	 * @param maxDeliver how often a message is tried at most, -1 for no limit
	 * @return this builder
	 */
	public NatsListenerEndpointBuilder maxDeliver(int maxDeliver) {
		this.maxDeliver = maxDeliver;
		return this;
	}

	/**
	 * Set {@link NatsListenerEndpoint#ackSyncTimeout()}.
	 * @param ackSyncTimeout how long an acknowledgement waits for the server's
	 * confirmation, zero for not at all
	 * @return this builder
	 */
	public NatsListenerEndpointBuilder ackSyncTimeout(Duration ackSyncTimeout) {
		this.ackSyncTimeout = ackSyncTimeout;
		return this;
	}

	/**
	 * Set {@link NatsListenerEndpoint#orderBy()}.
	 * @param orderBy messages for which this gives the same are handled one after the
	 * other, or {@code null}
	 * @return this builder
	 */
	public NatsListenerEndpointBuilder orderBy(@Nullable MessageExpression orderBy) {
		this.orderBy = orderBy;
		return this;
	}

	/**
	 * Set {@link NatsListenerEndpoint#backoff()}.
	 * @param backoff the delays before the second, third … delivery
	 * @return this builder
	 */
	public NatsListenerEndpointBuilder backoff(RetryDelays backoff) {
		this.backoff = backoff;
		return this;
	}

	/**
	 * Set {@link NatsListenerEndpoint#deadLetterSubject()}.
	 * @param deadLetterSubject where messages go that were given up, or {@code null} for
	 * nowhere
	 * @return this builder
	 */
	public NatsListenerEndpointBuilder deadLetterSubject(@Nullable String deadLetterSubject) {
		this.deadLetterSubject = deadLetterSubject;
		return this;
	}

	/**
	 * Set {@link NatsListenerEndpoint#maxAckPending()}.
	 * @param maxAckPending how many messages the server leaves unacknowledged, or
	 * {@code null} for what the consumer has
	 * @return this builder
	 */
	public NatsListenerEndpointBuilder maxAckPending(@Nullable Long maxAckPending) {
		this.maxAckPending = maxAckPending;
		return this;
	}

	/**
	 * Set {@link NatsListenerEndpoint#deliverPolicy()}.
	 * @param deliverPolicy where a new consumer begins, or {@code null} for the server's
	 * default
	 * @return this builder
	 */
	public NatsListenerEndpointBuilder deliverPolicy(@Nullable DeliverPolicy deliverPolicy) {
		this.deliverPolicy = deliverPolicy;
		return this;
	}

	/**
	 * Set {@link NatsListenerEndpoint#startSequence()}.
	 * @param startSequence the first sequence for {@link DeliverPolicy#ByStartSequence}
	 * @return this builder
	 */
	public NatsListenerEndpointBuilder startSequence(@Nullable Long startSequence) {
		this.startSequence = startSequence;
		return this;
	}

	/**
	 * Set {@link NatsListenerEndpoint#startTime()}.
	 * @param startTime the first time for {@link DeliverPolicy#ByStartTime}
	 * @return this builder
	 */
	public NatsListenerEndpointBuilder startTime(@Nullable Instant startTime) {
		this.startTime = startTime;
		return this;
	}

	/**
	 * Set {@link NatsListenerEndpoint#batchSize()}.
	 * @param batchSize how many messages a batch has at most
	 * @return this builder
	 */
	public NatsListenerEndpointBuilder batchSize(int batchSize) {
		this.batchSize = batchSize;
		return this;
	}

	/**
	 * Set {@link NatsListenerEndpoint#batchLinger()}.
	 * @param batchLinger how long a batch waits for more messages after its first one
	 * @return this builder
	 */
	public NatsListenerEndpointBuilder batchLinger(Duration batchLinger) {
		this.batchLinger = batchLinger;
		return this;
	}

	/**
	 * Set {@link NatsListenerEndpoint#autoStartup()}.
	 * @param autoStartup whether the container starts with the application
	 * @return this builder
	 */
	public NatsListenerEndpointBuilder autoStartup(boolean autoStartup) {
		this.autoStartup = autoStartup;
		return this;
	}

	/**
	 * Set {@link NatsListenerEndpoint#replySubject()}.
	 * @param replySubject where results are published, or {@code null} for the message's
	 * reply subject
	 * @return this builder
	 */
	public NatsListenerEndpointBuilder replySubject(@Nullable String replySubject) {
		this.replySubject = replySubject;
		return this;
	}

	/**
	 * Set {@link NatsListenerEndpoint#filter()}.
	 * @param filter decides which messages reach the handler
	 * @return this builder
	 */
	public NatsListenerEndpointBuilder filter(MessageFilter filter) {
		this.filter = filter;
		return this;
	}

	/**
	 * Set {@link NatsListenerEndpoint#idempotence()}.
	 * @param idempotence how messages are recognised that were handled before, or
	 * {@code null} when they aren't
	 * @return this builder
	 */
	public NatsListenerEndpointBuilder idempotence(@Nullable Idempotence idempotence) {
		this.idempotence = idempotence;
		return this;
	}

	/**
	 * Set {@link NatsListenerEndpoint#errorHandler()}.
	 * @param errorHandler decides what becomes of a message whose handling failed
	 * @return this builder
	 */
	public NatsListenerEndpointBuilder errorHandler(ListenerErrorHandler errorHandler) {
		this.errorHandler = errorHandler;
		return this;
	}

	/**
	 * Build the endpoint.
	 * @return the endpoint
	 * @throws IllegalArgumentException when a value is out of its range
	 */
	public NatsListenerEndpoint build() {
		return new NatsListenerEndpoint(this.id, this.subjects, this.queue, this.stream, this.consumer,
				this.consumerType, this.concurrency, this.orderBy, this.ackMode, this.ackWait, this.ackSyncTimeout,
				this.maxDeliver, this.backoff, this.deadLetterSubject, this.maxAckPending, this.deliverPolicy,
				this.startSequence, this.startTime, this.batchSize, this.batchLinger, this.autoStartup,
				this.replySubject, this.filter, this.idempotence, this.errorHandler, this.listener);
	}

}

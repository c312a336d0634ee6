package dev.natsboot.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.natsboot.listener.AckMode;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * What listeners do where their annotation says nothing.
 */
@ConfigurationProperties("nats.listener")
public class NatsListenerProperties {

	/**
	 * Whether listeners start with the application.
	 */
	private boolean autoStartup = true;

	/**
	 * Number of messages that a listener handles at the same time.
	 */
	private int concurrency = 1;

	/**
	 * Who acknowledges the messages of a JetStream listener.
	 */
	private AckMode ackMode = AckMode.AUTO;

	/**
	 * Time that the server waits for an acknowledgement before it delivers a message
	 * again. By default what the consumer has, 30 seconds for a new one.
	 */
	private @Nullable Duration ackWait;

	/**
	 * Number of deliveries after which a message becomes a dead letter, -1 for no limit.
	 */
	private int maxDeliver = 5;

	/**
	 * Delays before the second, third and further deliveries. The last one repeats.
	 */
	private List<Duration> backoff = new ArrayList<>(
			List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(10)));

	/**
	 * Subject of the messages that failed for good. A stream has to capture it. May have
	 * the place-holders {stream}, {consumer}, {subject}, {listener} and {sequence}.
	 */
	private @Nullable String deadLetterSubject;

	/**
	 * Number of messages of one consumer that may be delivered and not yet acknowledged.
	 * By default what the consumer has, 1000 for a new one.
	 */
	private @Nullable Long maxAckPending;

	/**
	 * Interval at which the server is asked for the pending messages of each consumer,
	 * which feed the gauges.
	 */
	private Duration consumerInfoInterval = Duration.ofSeconds(5);

	/**
	 * Time that a stop waits for running handlers.
	 */
	private Duration shutdownTimeout = Duration.ofSeconds(20);

	@NestedConfigurationProperty
	private final Batch batch = new Batch();

	public boolean isAutoStartup() {
		return this.autoStartup;
	}

	public void setAutoStartup(boolean autoStartup) {
		this.autoStartup = autoStartup;
	}

	public int getConcurrency() {
		return this.concurrency;
	}

	public void setConcurrency(int concurrency) {
		this.concurrency = concurrency;
	}

	public AckMode getAckMode() {
		return this.ackMode;
	}

	public void setAckMode(AckMode ackMode) {
		this.ackMode = ackMode;
	}

	public @Nullable Duration getAckWait() {
		return this.ackWait;
	}

	public void setAckWait(@Nullable Duration ackWait) {
		this.ackWait = ackWait;
	}

	public int getMaxDeliver() {
		return this.maxDeliver;
	}

	public void setMaxDeliver(int maxDeliver) {
		this.maxDeliver = maxDeliver;
	}

	public List<Duration> getBackoff() {
		return this.backoff;
	}

	public void setBackoff(List<Duration> backoff) {
		this.backoff = backoff;
	}

	public @Nullable String getDeadLetterSubject() {
		return this.deadLetterSubject;
	}

	public void setDeadLetterSubject(@Nullable String deadLetterSubject) {
		this.deadLetterSubject = deadLetterSubject;
	}

	public @Nullable Long getMaxAckPending() {
		return this.maxAckPending;
	}

	public void setMaxAckPending(@Nullable Long maxAckPending) {
		this.maxAckPending = maxAckPending;
	}

	public Duration getConsumerInfoInterval() {
		return this.consumerInfoInterval;
	}

	public void setConsumerInfoInterval(Duration consumerInfoInterval) {
		this.consumerInfoInterval = consumerInfoInterval;
	}

	public Duration getShutdownTimeout() {
		return this.shutdownTimeout;
	}

	public void setShutdownTimeout(Duration shutdownTimeout) {
		this.shutdownTimeout = shutdownTimeout;
	}

	public Batch getBatch() {
		return this.batch;
	}

	/**
	 * Listeners that take several messages at once.
	 */
	public static class Batch {

		/**
		 * Number of messages that a batch has at most.
		 */
		private int size = 500;

		/**
		 * Time that a batch waits for more messages after its first one.
		 */
		private Duration linger = Duration.ZERO;

		public int getSize() {
			return this.size;
		}

		public void setSize(int size) {
			this.size = size;
		}

		public Duration getLinger() {
			return this.linger;
		}

		public void setLinger(Duration linger) {
			this.linger = linger;
		}

	}

}

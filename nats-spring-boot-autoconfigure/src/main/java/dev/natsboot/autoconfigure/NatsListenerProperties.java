package dev.natsboot.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.natsboot.listener.AckMode;
import dev.natsboot.listener.RetryDelays;
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
	 * Time that an acknowledgement waits for the server's confirmation, 0 for not at all.
	 */
	private Duration ackSyncTimeout = Duration.ZERO;

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
	 * Factor between delays that follow those of the list. 1 repeats the last one.
	 */
	private double backoffMultiplier = 1;

	/**
	 * Longest delay that the factor makes.
	 */
	private Duration backoffMax = RetryDelays.DEFAULT_MAX;

	/**
	 * Largest random deviation of a delay, as a part of it, from 0 to 1.
	 */
	private double backoffJitter;

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

	/**
	 * Whether listeners start with the application.
	 * @return the value
	 */
	public boolean isAutoStartup() {
		return this.autoStartup;
	}

	/**
	 * Set: whether listeners start with the application.
	 * @param autoStartup the value
	 */
	public void setAutoStartup(boolean autoStartup) {
		this.autoStartup = autoStartup;
	}

	/**
	 * Number of messages that a listener handles at the same time.
	 * @return the value
	 */
	public int getConcurrency() {
		return this.concurrency;
	}

	/**
	 * Set: number of messages that a listener handles at the same time.
	 * @param concurrency the value
	 */
	public void setConcurrency(int concurrency) {
		this.concurrency = concurrency;
	}

	/**
	 * Who acknowledges the messages of a JetStream listener.
	 * @return the value
	 */
	public AckMode getAckMode() {
		return this.ackMode;
	}

	/**
	 * Set: who acknowledges the messages of a JetStream listener.
	 * @param ackMode the value
	 */
	public void setAckMode(AckMode ackMode) {
		this.ackMode = ackMode;
	}

	/**
	 * Time that the server waits for an acknowledgement before it delivers a message
	 * again.
	 * @return the value
	 */
	public @Nullable Duration getAckWait() {
		return this.ackWait;
	}

	/**
	 * Set: time that the server waits for an acknowledgement before it delivers a message
	 * again.
	 * @param ackWait the value
	 */
	public void setAckWait(@Nullable Duration ackWait) {
		this.ackWait = ackWait;
	}

	/**
	 * Time that an acknowledgement waits for the server's confirmation, 0 for not at all.
	 * @return the value
	 */
	public Duration getAckSyncTimeout() {
		return this.ackSyncTimeout;
	}

	/**
	 * Set: time that an acknowledgement waits for the server's confirmation.
	 * @param ackSyncTimeout the value, 0 for not at all
	 */
	public void setAckSyncTimeout(Duration ackSyncTimeout) {
		this.ackSyncTimeout = ackSyncTimeout;
	}

	/**
	 * Number of deliveries after which a message becomes a dead letter, -1 for no limit.
	 * @return the value
	 */
	public int getMaxDeliver() {
		return this.maxDeliver;
	}

	/**
	 * Set: number of deliveries after which a message becomes a dead letter, -1 for no
	 * limit.
	 * @param maxDeliver the value
	 */
	public void setMaxDeliver(int maxDeliver) {
		this.maxDeliver = maxDeliver;
	}

	/**
	 * Delays before the second, third and further deliveries.
	 * @return the value
	 */
	public List<Duration> getBackoff() {
		return this.backoff;
	}

	/**
	 * Set: delays before the second, third and further deliveries.
	 * @param backoff the value
	 */
	public void setBackoff(List<Duration> backoff) {
		this.backoff = backoff;
	}

	/**
	 * Factor between delays that follow those of the list.
	 * @return the value
	 */
	public double getBackoffMultiplier() {
		return this.backoffMultiplier;
	}

	/**
	 * Set: factor between delays that follow those of the list.
	 * @param backoffMultiplier the value, 1 or more
	 */
	public void setBackoffMultiplier(double backoffMultiplier) {
		this.backoffMultiplier = backoffMultiplier;
	}

	/**
	 * Longest delay that the factor makes.
	 * @return the value
	 */
	public Duration getBackoffMax() {
		return this.backoffMax;
	}

	/**
	 * Set: longest delay that the factor makes.
	 * @param backoffMax the value
	 */
	public void setBackoffMax(Duration backoffMax) {
		this.backoffMax = backoffMax;
	}

	/**
	 * Largest random deviation of a delay, as a part of it.
	 * @return the value
	 */
	public double getBackoffJitter() {
		return this.backoffJitter;
	}

	/**
	 * Set: largest random deviation of a delay, as a part of it.
	 * @param backoffJitter the value, from 0 to 1
	 */
	public void setBackoffJitter(double backoffJitter) {
		this.backoffJitter = backoffJitter;
	}

	/**
	 * Subject of the messages that failed for good.
	 * @return the value
	 */
	public @Nullable String getDeadLetterSubject() {
		return this.deadLetterSubject;
	}

	/**
	 * Set: subject of the messages that failed for good.
	 * @param deadLetterSubject the value
	 */
	public void setDeadLetterSubject(@Nullable String deadLetterSubject) {
		this.deadLetterSubject = deadLetterSubject;
	}

	/**
	 * Number of messages of one consumer that may be delivered and not yet acknowledged.
	 * @return the value
	 */
	public @Nullable Long getMaxAckPending() {
		return this.maxAckPending;
	}

	/**
	 * Set: number of messages of one consumer that may be delivered and not yet
	 * acknowledged.
	 * @param maxAckPending the value
	 */
	public void setMaxAckPending(@Nullable Long maxAckPending) {
		this.maxAckPending = maxAckPending;
	}

	/**
	 * Interval at which the server is asked for the pending messages of each consumer,
	 * which feed the gauges.
	 * @return the value
	 */
	public Duration getConsumerInfoInterval() {
		return this.consumerInfoInterval;
	}

	/**
	 * Set: interval at which the server is asked for the pending messages of each
	 * consumer, which feed the gauges.
	 * @param consumerInfoInterval the value
	 */
	public void setConsumerInfoInterval(Duration consumerInfoInterval) {
		this.consumerInfoInterval = consumerInfoInterval;
	}

	/**
	 * Time that a stop waits for running handlers.
	 * @return the value
	 */
	public Duration getShutdownTimeout() {
		return this.shutdownTimeout;
	}

	/**
	 * Set: time that a stop waits for running handlers.
	 * @param shutdownTimeout the value
	 */
	public void setShutdownTimeout(Duration shutdownTimeout) {
		this.shutdownTimeout = shutdownTimeout;
	}

	/**
	 * What counts for listeners that take several messages at once.
	 * @return the value
	 */
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

		/**
		 * Number of messages that a batch has at most.
		 * @return the value
		 */
		public int getSize() {
			return this.size;
		}

		/**
		 * Set: number of messages that a batch has at most.
		 * @param size the value
		 */
		public void setSize(int size) {
			this.size = size;
		}

		/**
		 * Time that a batch waits for more messages after its first one.
		 * @return the value
		 */
		public Duration getLinger() {
			return this.linger;
		}

		/**
		 * Set: time that a batch waits for more messages after its first one.
		 * @param linger the value
		 */
		public void setLinger(Duration linger) {
			this.linger = linger;
		}

	}

}

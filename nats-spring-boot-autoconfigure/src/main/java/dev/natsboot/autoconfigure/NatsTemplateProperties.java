package dev.natsboot.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties for publishing and requesting with {@code NatsTemplate} and
 * {@code JetStreamTemplate}.
 */
@ConfigurationProperties("nats.template")
public class NatsTemplateProperties {

	/**
	 * How long a request waits for its reply when the caller doesn't say.
	 */
	private Duration requestTimeout = Duration.ofSeconds(5);

	/**
	 * How long one attempt to publish to a stream waits for the confirmation.
	 */
	private Duration publishTimeout = Duration.ofSeconds(5);

	/**
	 * How many times a message is sent to a stream at most while none answers. Its
	 * message id keeps it from being stored twice.
	 */
	private int publishAttempts = 3;

	/**
	 * Whether messages for a stream are given a message id when they have none. Without
	 * one the server has less to do, and a message that isn't confirmed in time isn't
	 * sent again.
	 */
	private boolean generateMessageIds = true;

	/**
	 * How long to wait between two attempts to publish to a stream.
	 */
	private Duration publishRetryWait = Duration.ofMillis(250);

	/**
	 * How many asynchronously published messages may be unconfirmed at a time. A further
	 * one waits for a place, at most for the publish timeout, and isn't overtaken any
	 * more after half of it.
	 */
	private int publishWindow = 1000;

	/**
	 * Return how long a request waits for its reply.
	 * @return the timeout
	 */
	public Duration getRequestTimeout() {
		return this.requestTimeout;
	}

	/**
	 * Set how long a request waits for its reply.
	 * @param requestTimeout the timeout, above zero
	 */
	public void setRequestTimeout(Duration requestTimeout) {
		this.requestTimeout = requestTimeout;
	}

	/**
	 * Return how long one attempt to publish waits.
	 * @return the timeout
	 */
	public Duration getPublishTimeout() {
		return this.publishTimeout;
	}

	/**
	 * Set how long one attempt to publish waits.
	 * @param publishTimeout the timeout, above zero
	 */
	public void setPublishTimeout(Duration publishTimeout) {
		this.publishTimeout = publishTimeout;
	}

	/**
	 * Return how many times a message is sent at most.
	 * @return the number of attempts
	 */
	public int getPublishAttempts() {
		return this.publishAttempts;
	}

	/**
	 * Set how many times a message is sent at most.
	 * @param publishAttempts the number of attempts, at least 1
	 */
	public void setPublishAttempts(int publishAttempts) {
		this.publishAttempts = publishAttempts;
	}

	/**
	 * Return whether messages are given an id.
	 * @return {@code false} when only those have one that come with it
	 */
	public boolean isGenerateMessageIds() {
		return this.generateMessageIds;
	}

	/**
	 * Set whether messages are given an id.
	 * @param generateMessageIds the value
	 */
	public void setGenerateMessageIds(boolean generateMessageIds) {
		this.generateMessageIds = generateMessageIds;
	}

	/**
	 * Return how long to wait between two attempts.
	 * @return the time
	 */
	public Duration getPublishRetryWait() {
		return this.publishRetryWait;
	}

	/**
	 * Set how long to wait between two attempts.
	 * @param publishRetryWait the time, zero or more
	 */
	public void setPublishRetryWait(Duration publishRetryWait) {
		this.publishRetryWait = publishRetryWait;
	}

	/**
	 * Return how many messages may be unconfirmed at a time.
	 * @return the number of messages
	 */
	public int getPublishWindow() {
		return this.publishWindow;
	}

	/**
	 * Set how many messages may be unconfirmed at a time.
	 * @param publishWindow the number of messages, at least 1
	 */
	public void setPublishWindow(int publishWindow) {
		this.publishWindow = publishWindow;
	}

}

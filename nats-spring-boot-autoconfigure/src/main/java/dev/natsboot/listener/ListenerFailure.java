package dev.natsboot.listener;

import java.time.Duration;

import io.nats.client.Message;

/**
 * A message whose handling failed.
 *
 * @param endpoint the listener
 * @param message the message as it was received
 * @param deliveries how often it was handed to this listener so far, at least 1; always 1
 * for a core subscription
 * @param maxDeliver how often it is tried at most, -1 for no limit
 * @param cause why it failed
 */
public record ListenerFailure(NatsListenerEndpoint endpoint, Message message, long deliveries, int maxDeliver,
		Throwable cause) {

	/**
	 * Whether no further delivery is allowed.
	 * @return {@code true} when this was the last one
	 */
	public boolean isLast() {
		return this.maxDeliver > 0 && this.deliveries >= this.maxDeliver;
	}

	/**
	 * Whether the server would deliver the message again.
	 * @return {@code false} for a core subscription, and where nobody acknowledges
	 */
	public boolean isRepeatable() {
		return this.endpoint.isJetStream() && this.endpoint.ackMode() != AckMode.NONE;
	}

	/**
	 * The delay that the endpoint's back-off has for the next delivery. With jitter each
	 * call gives another one.
	 * @return the delay
	 */
	public Duration nextDelay() {
		return this.endpoint.backoff().after(this.deliveries);
	}

}

package dev.natsboot.core;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The truth about something that works for the application: a listener container, a
 * request handler or a provisioner. Shown by health and by the actuator endpoint.
 *
 * @param status what it is doing
 * @param since when that began
 * @param lastError the last failure's text without credentials, or {@code null} when
 * there was none since it last ran
 * @param attempts how many attempts to recover have failed in a row, 0 while it runs
 */
public record EndpointState(Status status, Instant since, @Nullable String lastError, int attempts) {

	/**
	 * Create a state that begins now and has no failure.
	 * @param status what it is doing
	 * @return the state
	 */
	public static EndpointState of(Status status) {
		return new EndpointState(status, Instant.now(), null, 0);
	}

	/**
	 * What an endpoint is doing.
	 */
	public enum Status {

		/**
		 * Not started, or stopped on purpose.
		 */
		STOPPED,

		/**
		 * Started, waiting for the first connection or for its subscription.
		 */
		STARTING,

		/**
		 * Subscribed and receiving.
		 */
		RUNNING,

		/**
		 * Subscribed, but asked not to take messages.
		 */
		PAUSED,

		/**
		 * Failed, and trying again with back-off.
		 */
		RECOVERING,

		/**
		 * Taking no new messages, finishing the running ones.
		 */
		STOPPING

	}

	/**
	 * Whether this is the state of something that should work and doesn't.
	 * @return {@code true} when recovering
	 */
	public boolean isFailing() {
		return this.status == Status.RECOVERING;
	}

}

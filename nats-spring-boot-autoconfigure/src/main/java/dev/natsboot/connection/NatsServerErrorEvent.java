package dev.natsboot.connection;

import org.jspecify.annotations.Nullable;

/**
 * Published when the server reported an error that belongs to no call: a permissions
 * violation, for instance.
 */
public class NatsServerErrorEvent extends NatsConnectionEvent {

	private static final long serialVersionUID = 1L;

	private static final String USING_QUEUE = " using queue ";

	/** Older servers don't name the queue group when they take it away. */
	private static final String TAKEN_AWAY = " (sid ";

	/**
	 * What the server said.
	 */
	private final String error;

	NatsServerErrorEvent(NatsConnectionManager source, @Nullable String url, String error) {
		super(source, url);
		this.error = error;
	}

	/**
	 * What the server said.
	 * @return its text
	 */
	public String getError() {
		return this.error;
	}

	/**
	 * Whether the server refused a subscription, or took it away.
	 * @param subject the subject as it was subscribed to
	 * @param queue the queue group of the subscription, or {@code null} without one
	 * @return {@code true} when this error is about such a subscription
	 */
	public boolean refusesSubscription(String subject, @Nullable String queue) {
		String refusal = "Permissions Violation for Subscription to \"" + subject + '"';
		int index = this.error.indexOf(refusal);
		if (index == -1) {
			return false;
		}
		String rest = this.error.substring(index + refusal.length());
		if (rest.startsWith(USING_QUEUE)) {
			return queue != null && rest.startsWith(USING_QUEUE + '"' + queue + '"');
		}
		return queue == null || rest.startsWith(TAKEN_AWAY);
	}

}

package dev.natsboot.connection;

import org.jspecify.annotations.Nullable;

/**
 * Published when messages of a subscription were dropped because they arrive faster than
 * they are handled, once until it has caught up.
 */
public class NatsSlowConsumerEvent extends NatsConnectionEvent {

	private static final long serialVersionUID = 1L;

	/**
	 * What is too slow.
	 */
	private final String subject;

	/**
	 * How many messages were lost.
	 */
	private final long dropped;

	NatsSlowConsumerEvent(NatsConnectionManager source, @Nullable String url, String subject, long dropped) {
		super(source, url);
		this.subject = subject;
		this.dropped = dropped;
	}

	/**
	 * What is too slow.
	 * @return the subject of the subscription, or {@code dispatcher} for a dispatcher
	 */
	public String getSubject() {
		return this.subject;
	}

	/**
	 * How much was lost.
	 * @return the number of messages that this subscription or dispatcher has dropped
	 */
	public long getDropped() {
		return this.dropped;
	}

}

package dev.natsboot.connection;

import org.jspecify.annotations.Nullable;

/**
 * Published when messages of a subscription were dropped because they arrive faster than
 * they are handled, once until it has caught up.
 */
public class NatsSlowConsumerEvent extends NatsConnectionEvent {

	static final String DISPATCHER = "dispatcher";

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
	 * @return the subject of the subscription, of the listener or of the request handler,
	 * several separated by commas, or {@code dispatcher} for a dispatcher that the
	 * application made itself and didn't
	 * {@link NatsConnectionManager#describe(io.nats.client.Dispatcher, java.util.Collection)
	 * describe}
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

package dev.natsboot.listener;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.api.ConsumerInfo;

/**
 * Where the messages of one consumer come from, over one connection.
 */
interface MessageSource {

	/**
	 * Subscribe. A source that sends by itself begins to.
	 */
	void open();

	/**
	 * Whether messages come only when they are asked for.
	 */
	boolean isOnDemand();

	/**
	 * Ask for messages.
	 */
	void request(int count);

	/**
	 * How many messages were asked for and have not come.
	 */
	int outstanding();

	/**
	 * Whether something has come that still has to be taken.
	 */
	boolean hasMore();

	/**
	 * The server may have forgotten what was asked for, or the subscription.
	 */
	void reset();

	/**
	 * The subscription may be lost: make it anew at the next {@link #reset()}.
	 */
	void suspect();

	/**
	 * The consumer was made anew under another name.
	 */
	default void moveTo(ConsumerInfo consumer) {
		throw new UnsupportedOperationException("Open another source");
	}

	/**
	 * Whether this is where the messages of the consumer come: it may have been made anew
	 * with another deliver subject.
	 */
	default boolean serves(ConsumerInfo consumer) {
		return true;
	}

	/**
	 * Whether nothing was heard of the server for too long.
	 * @param passed how long ago this was asked before
	 */
	boolean isSilent(Duration passed);

	/**
	 * End the subscription. What is on its way still comes; the future completes when it
	 * has.
	 */
	CompletableFuture<Boolean> drain(Duration timeout) throws InterruptedException;

	/**
	 * Give the dispatcher's thread back.
	 */
	void close();

	/**
	 * The source for an endpoint's consumer.
	 * @param messages takes messages on the source's thread
	 * @param statuses takes what the server says about them
	 */
	static MessageSource of(Connection connection, NatsListenerEndpoint endpoint, String apiPrefix,
			ConsumerInfo consumer, Consumer<Message> messages, Consumer<SourceStatus> statuses) {
		return switch (endpoint.consumerType()) {
			case PULL -> new PullSource(connection, apiPrefix, consumer, messages, statuses);
			case PUSH -> new PushSource(connection, consumer, messages, statuses);
			case ORDERED -> new OrderedSource(connection, apiPrefix, consumer, messages, statuses);
		};
	}

}

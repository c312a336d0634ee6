package dev.natsboot.listener;

import dev.natsboot.connection.NatsConnectionManager;
import io.nats.client.api.ConsumerInfo;

/**
 * Is told whenever a listener has found or made its consumer.
 */
@FunctionalInterface
public interface BoundConsumerListener {

	/**
	 * A listener is about to receive from a consumer. Must not block: the listener waits.
	 * @param endpoint the listener
	 * @param consumer the consumer as the server has it
	 * @param connections the listener's connection
	 */
	void onBound(NatsListenerEndpoint endpoint, ConsumerInfo consumer, NatsConnectionManager connections);

}

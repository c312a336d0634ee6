package dev.natsboot.listener;

import io.nats.client.api.ConsumerInfo;

/**
 * Hears from an intake and from the probe of its consumer what they can't repair
 * themselves. Called on threads that must not block.
 */
interface IntakeListener {

	/**
	 * The server refuses to serve the consumer.
	 * @param text the server's words
	 */
	void unavailable(String text);

	/**
	 * Neither messages nor heartbeats came for too long.
	 */
	void silent();

	/**
	 * The consumer isn't there any longer.
	 * @param consumer its name
	 * @param text the server's words
	 */
	void gone(String consumer, String text);

	/**
	 * The server sees no subscriber of a push consumer.
	 * @param consumer its name
	 */
	void unbound(String consumer);

	/**
	 * The server has told how a consumer stands. There is nothing to repair.
	 * @param consumer the consumer as the server has it
	 */
	void told(ConsumerInfo consumer);

}

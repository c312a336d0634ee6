package dev.natsboot.listener;

import io.nats.client.Message;

/**
 * Decides which messages reach the handler. Those that don't are acknowledged.
 */
@FunctionalInterface
public interface MessageFilter {

	/**
	 * Lets every message through.
	 */
	MessageFilter ALL = (message) -> true;

	/**
	 * Whether the handler wants a message. Called before the payload is converted.
	 * @param message the message as it was received
	 * @return {@code false} to acknowledge it without handling it
	 */
	boolean accepts(Message message);

}

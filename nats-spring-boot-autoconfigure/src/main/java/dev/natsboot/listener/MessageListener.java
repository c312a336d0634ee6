package dev.natsboot.listener;

import org.jspecify.annotations.Nullable;

/**
 * Handles one message.
 */
@FunctionalInterface
public non-sealed interface MessageListener extends EndpointListener {

	/**
	 * Handle a message.
	 * @param delivery the message
	 * @return what to reply or to send on; {@code null} for nothing; a
	 * {@link java.util.concurrent.CompletionStage} when the handling goes on and the
	 * message is to be settled when it completes
	 * @throws Throwable when the handling failed
	 */
	@Nullable Object onMessage(Delivery delivery) throws Throwable;

	/**
	 * Whether the result answers whoever sent the message. Then a failure is answered
	 * too, with an error reply (ADR-32), where the message comes from a core
	 * subscription, has a reply subject, and the endpoint sends results nowhere else.
	 * @return {@code false}, unless overridden: nothing but results is sent
	 */
	default boolean isAnswering() {
		return false;
	}

}

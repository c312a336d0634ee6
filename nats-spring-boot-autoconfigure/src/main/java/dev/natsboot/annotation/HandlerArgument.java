package dev.natsboot.annotation;

import dev.natsboot.listener.Delivery;
import io.nats.client.Message;
import org.jspecify.annotations.Nullable;

/**
 * Builds one argument of a handler method from a message. Planned once, used for every
 * message.
 */
@FunctionalInterface
interface HandlerArgument {

	/**
	 * Build the argument.
	 * @param message the message
	 * @param delivery the message on its way through a container, or {@code null} for a
	 * request
	 */
	@Nullable Object resolve(Message message, @Nullable Delivery delivery) throws Exception;

}

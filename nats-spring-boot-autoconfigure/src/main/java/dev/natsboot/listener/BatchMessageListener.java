package dev.natsboot.listener;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Handles several messages at once. Each is settled on its own.
 */
public non-sealed interface BatchMessageListener extends EndpointListener {

	/**
	 * Turn one message into an element of the batch. When this fails, only this message
	 * fails.
	 * @param delivery the message
	 * @return the element
	 * @throws Throwable when the message can't be converted or isn't valid
	 */
	@Nullable Object element(Delivery delivery) throws Throwable;

	/**
	 * Handle a batch.
	 * @param batch the messages with their elements
	 * @return a {@link java.util.concurrent.CompletionStage} when the handling goes on,
	 * else anything
	 * @throws Throwable when the handling of all messages failed, or
	 * {@link BatchListenerFailedException} for some
	 */
	@Nullable Object onBatch(Batch batch) throws Throwable;

	/**
	 * Whether an exception has undone what the handler did for all messages of a batch:
	 * the handler ran in a transaction of its own, which was rolled back. Those messages
	 * that the exception doesn't name were not handled either then, and come again.
	 * @param failure what the handler has thrown
	 * @return {@code false} unless the handler says otherwise
	 */
	default boolean isUndoneBy(BatchListenerFailedException failure) {
		return false;
	}

	/**
	 * A batch.
	 *
	 * @param deliveries the messages
	 * @param elements their elements, in the same order
	 * @param acknowledgment settles single messages
	 */
	record Batch(List<Delivery> deliveries, List<@Nullable Object> elements, BatchAcknowledgment acknowledgment) {

	}

}

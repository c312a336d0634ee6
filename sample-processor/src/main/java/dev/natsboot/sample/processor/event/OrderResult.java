package dev.natsboot.sample.processor.event;

/**
 * An event that says what became of an order.
 */
public interface OrderResult {

	/**
	 * The subject to publish to.
	 * @return the subject
	 */
	String subject();

	/**
	 * The id of this event: the same whenever it is published again.
	 * @return the message id
	 */
	String messageId();

}

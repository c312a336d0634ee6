package dev.natsboot.sample.processor.payment;

import java.util.Set;

/**
 * The gateway hasn't answered for some orders. The others are settled.
 */
@SuppressWarnings("serial")
class UnansweredChargesException extends PaymentGatewayException {

	private final transient Set<String> messageIds;

	UnansweredChargesException(Set<String> messageIds) {
		super("The payment gateway has not answered for " + messageIds.size() + " orders, with the message ids "
				+ messageIds, null);
		this.messageIds = messageIds;
	}

	/**
	 * Return the orders that aren't settled.
	 * @return their message ids
	 */
	Set<String> messageIds() {
		return this.messageIds;
	}

}

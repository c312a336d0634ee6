package dev.natsboot.sample.processor.payment;

import java.util.List;

import dev.natsboot.sample.processor.event.OrderCreated;

/**
 * Charges customers.
 */
interface PaymentGateway {

	/**
	 * Charge for orders. Asking again for the same order doesn't charge again and gives
	 * the same result.
	 * @param orders the orders
	 * @return the results: none where it isn't known what became of an order
	 * @throws PaymentGatewayException when it isn't known what was charged
	 * @throws GatewayUnavailableException when the gateway takes no charges at present
	 */
	List<PaymentResult> charge(List<OrderCreated> orders);

	/**
	 * Ask whether charges are taken.
	 * @throws GatewayUnavailableException when they aren't
	 */
	void requireAvailable();

}

package dev.natsboot.sample.processor.payment;

import java.util.List;

import dev.natsboot.annotation.NatsListener;
import dev.natsboot.sample.processor.event.OrderCreated;

/**
 * Pays for orders, as many at a time as have arrived, and pauses while the gateway is out
 * of order. Four batches are paid at a time, and as many are on their way: what takes
 * time is waiting for the gateway and the disk. A failure is retried after 1, 5 and 10
 * seconds, and what fails five times goes to {@code orders.dlq}: see
 * {@code nats.listener} in {@code application.yml}.
 */
class PaymentListener {

	static final String ID = "payment";

	private final PaymentService payments;

	PaymentListener(PaymentService payments) {
		this.payments = payments;
	}

	@NatsListener(id = ID, stream = "ORDERS", subjects = OrderCreated.SUBJECT, consumer = "payment", concurrency = "4",
			maxAckPending = "4000", batchLinger = "50ms", errorHandler = "gatewayOutage")
	void onOrders(List<OrderCreated> orders) {
		this.payments.pay(orders);
	}

}

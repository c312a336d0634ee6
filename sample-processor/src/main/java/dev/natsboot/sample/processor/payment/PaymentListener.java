package dev.natsboot.sample.processor.payment;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.natsboot.annotation.NatsListener;
import dev.natsboot.listener.BatchListenerFailedException;
import dev.natsboot.sample.processor.event.OrderCreated;
import jakarta.validation.Valid;

/**
 * Pays for orders, as many at a time as have arrived, and pauses while the gateway is out
 * of order. Four batches are paid at a time, and as many are on their way: what takes
 * time is waiting for the gateway and the disk. A failure is retried after 1, 5 and 10
 * seconds, and what fails five times goes to {@code orders.dlq}: see
 * {@code nats.listener} in {@code application.yml}. Of a batch only the orders fail that
 * the gateway hasn't answered for, and one that is incomplete or can't be charged goes to
 * {@code orders.dlq} at once.
 */
class PaymentListener {

	static final String ID = "payment";

	private final PaymentService payments;

	PaymentListener(PaymentService payments) {
		this.payments = payments;
	}

	@NatsListener(id = ID, stream = "ORDERS", subjects = OrderCreated.SUBJECT, consumer = "payment", concurrency = "4",
			maxAckPending = "4000", batchLinger = "50ms", errorHandler = "gatewayOutage")
	void onOrders(@Valid List<OrderCreated> orders) {
		try {
			this.payments.pay(orders);
		}
		catch (UnansweredChargesException ex) {
			throw new BatchListenerFailedException(String.valueOf(ex.getMessage()), failures(orders, ex));
		}
	}

	private static Map<Integer, Throwable> failures(List<OrderCreated> orders, UnansweredChargesException failure) {
		return IntStream.range(0, orders.size())
			.filter((i) -> failure.messageIds().contains(orders.get(i).messageId()))
			.boxed()
			.collect(Collectors.toMap(Function.identity(), (i) -> failure));
	}

}

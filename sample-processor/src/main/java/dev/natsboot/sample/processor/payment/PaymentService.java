package dev.natsboot.sample.processor.payment;

import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.natsboot.sample.processor.event.OrderCreated;
import dev.natsboot.sample.processor.event.ResultPublisher;

/**
 * Pays exactly once, although messages come more than once and a call of the gateway
 * can't be part of a transaction. Each step is one for the whole batch.
 * <ol>
 * <li>Orders that have a row are left out: their payment is announced.</li>
 * <li>The gateway is called with the message ids as idempotency keys. A redelivery that
 * finds no row repeats the call and gets the same answer.</li>
 * <li>The results are published, with ids derived from the message ids, and
 * acknowledged.</li>
 * <li>Only then the rows are written. Had they been written before, a crash in between
 * would leave it to every later redelivery to publish again, also when the stream has
 * long forgotten the message id.</li>
 * </ol>
 */
public class PaymentService {

	private final PaymentRepository payments;

	private final PaymentGateway gateway;

	private final ResultPublisher publisher;

	private final PaymentMetrics metrics;

	PaymentService(PaymentRepository payments, PaymentGateway gateway, ResultPublisher publisher,
			PaymentMetrics metrics) {
		this.payments = payments;
		this.gateway = gateway;
		this.publisher = publisher;
		this.metrics = metrics;
	}

	/**
	 * Pay for orders.
	 * @param orders the orders, also repeated
	 * @return what became of each payment, by message id
	 * @throws PaymentGatewayException when it isn't known what was charged for some or
	 * all of them
	 */
	public Map<String, PaymentStatus> pay(List<OrderCreated> orders) {
		Map<String, PaymentStatus> settled = settled(orders);
		Set<String> unanswered = open(orders, settled.keySet()).keySet();
		if (!unanswered.isEmpty()) {
			this.metrics.failed(unanswered.size());
			throw new UnansweredChargesException(unanswered);
		}
		return settled;
	}

	private Map<String, PaymentStatus> settled(List<OrderCreated> orders) {
		try {
			Map<String, PaymentStatus> settled = this.payments.find(orders);
			List<OrderCreated> open = List.copyOf(open(orders, settled.keySet()).values());
			if (!open.isEmpty()) {
				List<PaymentResult> results = this.gateway.charge(open);
				settle(results);
				results.forEach((result) -> settled.put(result.orderMessageId(), result.status()));
			}
			return settled;
		}
		catch (RuntimeException ex) {
			this.metrics.failed(orders.size());
			throw ex;
		}
	}

	private static Map<String, OrderCreated> open(List<OrderCreated> orders, Set<String> settled) {
		Map<String, OrderCreated> open = OrderCreated.byMessageId(orders);
		open.keySet().removeAll(settled);
		return open;
	}

	private void settle(List<PaymentResult> results) {
		this.publisher.publish(results);
		this.payments.settle(results);
		this.metrics.settled(results);
		PaymentLog.settled(results);
	}

}

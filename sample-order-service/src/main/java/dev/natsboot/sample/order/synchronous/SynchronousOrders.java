package dev.natsboot.sample.order.synchronous;

import java.util.List;
import java.util.Map;

import dev.natsboot.sample.order.intake.OrderCreated;
import dev.natsboot.sample.order.intake.OrderJournal;
import dev.natsboot.sample.order.state.InventoryEvent;
import dev.natsboot.sample.order.state.InventoryStatus;
import dev.natsboot.sample.order.state.OrderUpdates;
import dev.natsboot.sample.order.state.PaymentEvent;
import dev.natsboot.sample.order.state.PaymentStatus;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Settles orders while the client waits: the rows are written, the processor is called,
 * and what it says is noted. When a call fails nothing is noted, and the client is told;
 * it repeats the request with its {@code Idempotency-Key}, which leads to the same
 * message ids, so that nobody is charged twice.
 */
@Service
@Profile("synchronous")
class SynchronousOrders {

	private final OrderJournal journal;

	private final Processor processor;

	private final OrderUpdates updates;

	private final TransactionOperations transactions;

	SynchronousOrders(OrderJournal journal, Processor processor, OrderUpdates updates,
			TransactionOperations transactions) {
		this.journal = journal;
		this.processor = processor;
		this.updates = updates;
		this.transactions = transactions;
	}

	List<SettledOrder> settle(List<OrderCreated> orders) {
		this.journal.insert(orders);
		Map<String, PaymentStatus> payments = this.processor.pay(orders);
		Map<String, InventoryStatus> reservations = this.processor.reserve(orders);
		List<SettledOrder> settled = orders.stream()
			.map((order) -> SettledOrder.of(order, payments.get(order.messageId()),
					reservations.get(order.messageId())))
			.toList();
		this.transactions.executeWithoutResult((transaction) -> note(orders, settled));
		return settled;
	}

	private void note(List<OrderCreated> orders, List<SettledOrder> settled) {
		this.updates.payments(
				settled.stream().map((order) -> new PaymentEvent(order.orderId(), order.paymentStatus())).toList());
		this.updates.reservations(
				settled.stream().map((order) -> new InventoryEvent(order.orderId(), order.inventoryStatus())).toList());
		this.journal.accept(orders);
	}

}

package dev.natsboot.sample.order.intake;

import java.util.List;

import org.springframework.stereotype.Service;

/**
 * Accepts orders in three steps: the rows are written, the events are published, and when
 * JetStream has acknowledged them the rows say so.
 * <p>
 * The row comes first, so that a listener that hears of the order's payment always finds
 * it. Until the acknowledgement the row has no {@code accepted_at} and isn't shown. A
 * crash in between leaves such a row behind and a client without an answer; the client
 * repeats the request with its {@code Idempotency-Key}, which leads to the same ids, so
 * that a publish that did arrive isn't stored twice.
 */
@Service
class OrderIntake {

	private final OrderJournal journal;

	private final OrderPublisher publisher;

	OrderIntake(OrderJournal journal, OrderPublisher publisher) {
		this.journal = journal;
		this.publisher = publisher;
	}

	List<AcceptedOrder> acceptAll(List<OrderCreated> orders) {
		this.journal.insert(orders);
		List<OrderCreated> acknowledged = this.publisher.publish(orders);
		this.journal.accept(acknowledged);
		List<AcceptedOrder> accepted = acknowledged.stream().map(AcceptedOrder::of).toList();
		if (accepted.size() < orders.size()) {
			throw new OrdersNotAcknowledgedException(orders.size(), accepted);
		}
		return accepted;
	}

}

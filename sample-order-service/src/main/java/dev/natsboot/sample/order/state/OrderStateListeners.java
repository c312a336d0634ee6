package dev.natsboot.sample.order.state;

import java.util.List;

import dev.natsboot.annotation.NatsListener;
import jakarta.validation.Valid;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

/**
 * Hears what became of orders. The {@code List} parameter makes a batch of what has
 * arrived, which is one transaction in the database. With
 * {@code sample.follow-orders=false} nobody listens. An event that is incomplete or can't
 * be stored goes to the dead letters.
 */
@Component
@ConditionalOnBooleanProperty("sample.follow-orders")
class OrderStateListeners {

	private final OrderUpdates updates;

	OrderStateListeners(OrderUpdates updates) {
		this.updates = updates;
	}

	@NatsListener(id = "order-payments", stream = "PAYMENTS", subjects = "payments.*", consumer = "order-payments",
			ackMode = "${sample.ack-mode}", batchLinger = "50ms")
	void onPayments(@Valid List<PaymentEvent> events) {
		this.updates.payments(events);
	}

	@NatsListener(id = "order-inventory", stream = "INVENTORY", subjects = "inventory.*", consumer = "order-inventory",
			ackMode = "${sample.ack-mode}", batchLinger = "50ms")
	void onReservations(@Valid List<InventoryEvent> events) {
		this.updates.reservations(events);
	}

}

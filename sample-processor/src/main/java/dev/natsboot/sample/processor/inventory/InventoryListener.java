package dev.natsboot.sample.processor.inventory;

import java.util.List;

import dev.natsboot.annotation.NatsListener;
import dev.natsboot.sample.processor.event.OrderCreated;
import dev.natsboot.sample.processor.event.ResultPublisher;
import jakarta.validation.Valid;

/**
 * Reserves stock for orders. The result is published again when an order is delivered
 * again, and dropped by the stream because of its message id. An order that is incomplete
 * or can't be stored goes to the dead letters at once, and no other one of its batch.
 */
class InventoryListener {

	private final InventoryService inventory;

	private final ResultPublisher publisher;

	InventoryListener(InventoryService inventory, ResultPublisher publisher) {
		this.inventory = inventory;
		this.publisher = publisher;
	}

	@NatsListener(id = "inventory", stream = "ORDERS", subjects = OrderCreated.SUBJECT, consumer = "inventory",
			concurrency = "2", batchLinger = "50ms")
	void onOrders(@Valid List<OrderCreated> orders) {
		this.publisher.publish(this.inventory.reserve(orders));
	}

}

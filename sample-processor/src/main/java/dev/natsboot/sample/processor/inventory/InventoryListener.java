package dev.natsboot.sample.processor.inventory;

import java.util.List;

import dev.natsboot.annotation.NatsListener;
import dev.natsboot.sample.processor.event.OrderCreated;
import dev.natsboot.sample.processor.event.ResultPublisher;

/**
 * Reserves stock for orders. The result is published again when an order is delivered
 * again, and dropped by the stream because of its message id.
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
	void onOrders(List<OrderCreated> orders) {
		this.publisher.publish(this.inventory.reserve(orders));
	}

}

package dev.natsboot.sample.processor.inventory;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.natsboot.sample.processor.event.OrderCreated;
import dev.natsboot.sample.processor.event.OrderItem;

import org.springframework.transaction.annotation.Transactional;

/**
 * Reserves all or nothing of each order. The reservation is written in the transaction
 * that takes the stock, with the message id as its key: an order that comes again finds
 * its reservation and takes nothing.
 */
class InventoryService {

	private final Reservations reservations;

	private final Stock stock;

	InventoryService(Reservations reservations, Stock stock) {
		this.reservations = reservations;
		this.stock = stock;
	}

	@Transactional
	public List<ReservationResult> reserve(List<OrderCreated> orders) {
		Map<String, OrderCreated> unique = OrderCreated.byMessageId(orders);
		List<OrderCreated> fresh = this.reservations.insert(unique);
		if (!fresh.isEmpty()) {
			allot(fresh);
		}
		return this.reservations.results(unique);
	}

	private void allot(List<OrderCreated> orders) {
		Allotment allotment = new Allotment(this.stock.lock(skus(orders)));
		List<OrderCreated> missed = orders.stream().filter((order) -> !allotment.take(order.items())).toList();
		this.stock.take(allotment.taken());
		this.reservations.outOfStock(missed);
	}

	private static Set<String> skus(List<OrderCreated> orders) {
		return orders.stream()
			.flatMap((order) -> order.items().stream())
			.map(OrderItem::sku)
			.collect(Collectors.toSet());
	}

}

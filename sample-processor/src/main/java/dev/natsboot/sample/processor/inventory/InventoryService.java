package dev.natsboot.sample.processor.inventory;

import java.util.Collection;
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
 * its reservation and takes nothing. Who wants the same articles waits for that
 * transaction, so it can't come again in the middle of it either.
 */
public class InventoryService {

	private final Reservations reservations;

	private final Stock stock;

	InventoryService(Reservations reservations, Stock stock) {
		this.reservations = reservations;
		this.stock = stock;
	}

	/**
	 * Reserve stock for orders.
	 * @param orders the orders, also repeated
	 * @return a result for each of them once
	 */
	@Transactional
	public List<ReservationResult> reserve(List<OrderCreated> orders) {
		Collection<OrderCreated> unique = OrderCreated.byMessageId(orders).values();
		Allotment allotment = new Allotment(this.stock.lock(skus(unique)));
		Map<String, ReservationResult> results = this.reservations.find(unique);
		List<ReservationResult> fresh = unique.stream()
			.filter((order) -> !results.containsKey(order.messageId()))
			.map((order) -> ReservationResult.of(order, allotment.take(order.items())))
			.toList();
		this.stock.take(allotment.taken());
		this.reservations.insert(fresh);
		fresh.forEach((result) -> results.put(result.orderMessageId(), result));
		return List.copyOf(results.values());
	}

	private static Set<String> skus(Collection<OrderCreated> orders) {
		return orders.stream()
			.flatMap((order) -> order.items().stream())
			.map(OrderItem::sku)
			.collect(Collectors.toSet());
	}

}

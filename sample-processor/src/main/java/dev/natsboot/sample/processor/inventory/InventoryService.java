package dev.natsboot.sample.processor.inventory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.natsboot.sample.processor.event.OrderCreated;
import dev.natsboot.sample.processor.event.OrderItem;

import org.jspecify.annotations.Nullable;

import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.Assert;

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
		Set<String> fresh = this.reservations.insert(unique);
		Map<String, ReservationStatus> statuses = allot(subset(unique, fresh::contains));
		List<OrderCreated> known = subset(unique, (id) -> !fresh.contains(id));
		if (!known.isEmpty()) {
			statuses.putAll(this.reservations.find(known.stream().map(OrderCreated::messageId).toList()));
		}
		return unique.values().stream().map((order) -> result(order, statuses.get(order.messageId()))).toList();
	}

	private static ReservationResult result(OrderCreated order, @Nullable ReservationStatus status) {
		Assert.state(status != null, () -> "There is no reservation for the message " + order.messageId());
		return ReservationResult.of(order, status);
	}

	private Map<String, ReservationStatus> allot(List<OrderCreated> orders) {
		Map<String, ReservationStatus> statuses = new HashMap<>();
		if (orders.isEmpty()) {
			return statuses;
		}
		Allotment allotment = new Allotment(this.stock.lock(skus(orders)));
		orders.forEach((order) -> statuses.put(order.messageId(), allotment.take(order.items())));
		this.stock.take(allotment.taken());
		this.reservations.outOfStock(orders.stream()
			.filter((order) -> statuses.get(order.messageId()) == ReservationStatus.OUT_OF_STOCK)
			.toList());
		return statuses;
	}

	private static List<OrderCreated> subset(Map<String, OrderCreated> orders, Predicate<String> messageIds) {
		return orders.values().stream().filter((order) -> messageIds.test(order.messageId())).toList();
	}

	private static Set<String> skus(List<OrderCreated> orders) {
		return orders.stream()
			.flatMap((order) -> order.items().stream())
			.map(OrderItem::sku)
			.collect(Collectors.toSet());
	}

}

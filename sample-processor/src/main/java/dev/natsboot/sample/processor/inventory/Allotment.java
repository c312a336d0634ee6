package dev.natsboot.sample.processor.inventory;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.natsboot.sample.processor.event.OrderItem;

/**
 * Deals out locked stock to one order after another.
 */
class Allotment {

	private final Map<String, Long> available;

	private final Map<String, Long> taken = new TreeMap<>();

	Allotment(Map<String, Long> available) {
		this.available = available;
	}

	/**
	 * Take all items of an order, or none of them.
	 * @param items the items
	 * @return whether they are reserved
	 */
	ReservationStatus take(List<OrderItem> items) {
		Map<String, Long> wanted = new TreeMap<>();
		items.forEach((item) -> wanted.merge(item.sku(), (long) item.quantity(), Long::sum));
		if (!wanted.entrySet().stream().allMatch((entry) -> left(entry.getKey()) >= entry.getValue())) {
			return ReservationStatus.OUT_OF_STOCK;
		}
		wanted.forEach((sku, quantity) -> this.taken.merge(sku, quantity, Long::sum));
		return ReservationStatus.RESERVED;
	}

	/**
	 * What was taken of each article.
	 * @return quantities in the order of the articles
	 */
	Map<String, Long> taken() {
		return this.taken;
	}

	private long left(String sku) {
		return this.available.getOrDefault(sku, 0L) - this.taken.getOrDefault(sku, 0L);
	}

}

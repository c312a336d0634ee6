package dev.natsboot.sample.processor.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the archive says about an order.
 *
 * @param orderId identifies the order
 * @param paymentStatus {@code PENDING} until there is an event about it
 * @param inventoryStatus {@code PENDING} until there is an event about it
 * @param history all events, the oldest first
 */
record RebuiltOrder(String orderId, String paymentStatus, String inventoryStatus, List<Entry> history) {

	static RebuiltOrder of(String orderId) {
		return new RebuiltOrder(orderId, "PENDING", "PENDING", List.of());
	}

	RebuiltOrder with(AuditEvent event, String status) {
		List<Entry> entries = new ArrayList<>(this.history);
		entries.add(new Entry(event.storedAt(), event.subject(), event.stream(), event.sequence()));
		return new RebuiltOrder(this.orderId, event.stream().equals("PAYMENTS") ? status : this.paymentStatus,
				event.stream().equals("INVENTORY") ? status : this.inventoryStatus, List.copyOf(entries));
	}

	record Entry(Instant at, String subject, String stream, long sequence) {

	}

}

package dev.natsboot.sample.order.state;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes what was learnt about orders, one JDBC batch for each call. Writing the same
 * again changes nothing, so that a redelivery does no harm.
 */
@Repository
class OrderUpdates {

	/*
	 * An event about an order proves that its own event is in the stream, even when the
	 * intake gave up waiting for the acknowledgement: hence accepted_at.
	 */
	private static final String PAYMENT = """
			UPDATE orders SET payment_status = ?, payment_at = ?, updated_at = ?, accepted_at = created_at
			WHERE order_id = ? AND payment_status = 'PENDING'""";

	private static final String INVENTORY = """
			UPDATE orders SET inventory_status = ?, inventory_at = ?, updated_at = ?, accepted_at = created_at
			WHERE order_id = ? AND inventory_status = 'PENDING'""";

	private static final Log logger = LogFactory.getLog(OrderUpdates.class);

	private final JdbcTemplate jdbc;

	OrderUpdates(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	@Transactional
	public void payments(List<PaymentEvent> events) {
		update(PAYMENT, events, PaymentEvent::orderId, PaymentEvent::status);
	}

	@Transactional
	public void reservations(List<InventoryEvent> events) {
		update(INVENTORY, events, InventoryEvent::orderId, InventoryEvent::status);
	}

	private <E> void update(String sql, List<E> events, Function<E, String> orderId, Function<E, Enum<?>> status) {
		Timestamp now = Timestamp.from(Instant.now());
		List<Object[]> rows = events.stream()
			.sorted(Comparator.comparing(orderId))
			.map((event) -> new Object[] { status.apply(event).name(), now, now, orderId.apply(event) })
			.toList();
		long unchanged = Arrays.stream(this.jdbc.batchUpdate(sql, rows)).filter((count) -> count == 0).count();
		if (unchanged > 0 && logger.isDebugEnabled()) {
			logger
				.debug("%d of %d events were known already or about unknown orders".formatted(unchanged, rows.size()));
		}
	}

}

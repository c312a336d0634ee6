package dev.natsboot.sample.order.state;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes what was learnt about orders, one statement for each result. Writing the same
 * again changes nothing, so that a redelivery does no harm.
 */
@Repository
class OrderUpdates {

	/*
	 * Payments and reservations concern the same orders: whoever takes them in the order
	 * of their ids never waits for one who waits for them.
	 */
	private static final String LOCK = """
			SELECT order_id FROM orders WHERE order_id = ANY(?) ORDER BY order_id FOR UPDATE""";

	/*
	 * An event about an order proves that its own event is in the stream, even when the
	 * intake gave up waiting for the acknowledgement: hence accepted_at.
	 */
	private static final String PAYMENT = """
			UPDATE orders SET payment_status = ?, payment_at = CURRENT_TIMESTAMP, updated_at = CURRENT_TIMESTAMP,
			accepted_at = created_at WHERE order_id = ANY(?) AND payment_status = 'PENDING'""";

	private static final String INVENTORY = """
			UPDATE orders SET inventory_status = ?, inventory_at = CURRENT_TIMESTAMP, updated_at = CURRENT_TIMESTAMP,
			accepted_at = created_at WHERE order_id = ANY(?) AND inventory_status = 'PENDING'""";

	private static final Log logger = LogFactory.getLog(OrderUpdates.class);

	private final JdbcClient jdbc;

	OrderUpdates(JdbcClient jdbc) {
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

	private <E, S extends Enum<S>> void update(String sql, List<E> events, Function<E, String> orderId,
			Function<E, S> status) {
		Map<String, S> results = new HashMap<>();
		events.forEach((event) -> results.putIfAbsent(orderId.apply(event), status.apply(event)));
		this.jdbc.sql(LOCK).param(array(results.keySet())).query(String.class).list();
		Map<S, Set<String>> orders = results.keySet()
			.stream()
			.collect(Collectors.groupingBy(results::get, Collectors.toSet()));
		int changed = 0;
		for (Map.Entry<S, Set<String>> result : orders.entrySet()) {
			changed += this.jdbc.sql(sql).param(result.getKey().name()).param(array(result.getValue())).update();
		}
		if (changed < events.size() && logger.isDebugEnabled()) {
			logger.debug("%d of %d events were known already or about unknown orders".formatted(events.size() - changed,
					events.size()));
		}
	}

	private static SqlArrayValue array(Set<String> orderIds) {
		return new SqlArrayValue("varchar", orderIds.toArray());
	}

}

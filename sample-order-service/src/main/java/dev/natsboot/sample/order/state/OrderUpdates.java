package dev.natsboot.sample.order.state;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/**
 * Writes what was learnt about orders, one statement for each call. Writing the same
 * again changes nothing, so that a redelivery does no harm.
 */
@Repository
public class OrderUpdates {

	private static final String PAYMENT = """
			INSERT INTO order_payment (order_id, status, created_at) SELECT order_id, status, CURRENT_TIMESTAMP
			FROM unnest(CAST(? AS VARCHAR ARRAY), CAST(? AS VARCHAR ARRAY)) AS event (order_id, status)
			ON CONFLICT DO NOTHING""";

	private static final String INVENTORY = """
			INSERT INTO order_inventory (order_id, status, created_at) SELECT order_id, status, CURRENT_TIMESTAMP
			FROM unnest(CAST(? AS VARCHAR ARRAY), CAST(? AS VARCHAR ARRAY)) AS event (order_id, status)
			ON CONFLICT DO NOTHING""";

	private static final Log logger = LogFactory.getLog(OrderUpdates.class);

	private final JdbcClient jdbc;

	OrderUpdates(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Write what became of payments.
	 * @param events the events
	 */
	public void payments(List<PaymentEvent> events) {
		insert(PAYMENT, events, PaymentEvent::orderId, PaymentEvent::status);
	}

	/**
	 * Write what became of reservations.
	 * @param events the events
	 */
	public void reservations(List<InventoryEvent> events) {
		insert(INVENTORY, events, InventoryEvent::orderId, InventoryEvent::status);
	}

	/**
	 * Rows are written in the order of their ids, so that two of these never wait for
	 * each other.
	 */
	private <E> void insert(String sql, List<E> events, Function<E, String> orderId, Function<E, Enum<?>> status) {
		Map<String, String> rows = new TreeMap<>();
		events.forEach((event) -> rows.putIfAbsent(orderId.apply(event), status.apply(event).name()));
		int inserted = this.jdbc.sql(sql)
			.param(new SqlArrayValue("varchar", rows.keySet().toArray()))
			.param(new SqlArrayValue("varchar", rows.values().toArray()))
			.update();
		if (inserted < events.size() && logger.isDebugEnabled()) {
			logger.debug("%d of %d events were known already".formatted(events.size() - inserted, events.size()));
		}
	}

}

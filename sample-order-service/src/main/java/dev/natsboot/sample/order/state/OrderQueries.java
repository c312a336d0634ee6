package dev.natsboot.sample.order.state;

import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads accepted orders.
 */
@Repository
class OrderQueries {

	private static final String SELECT = """
			SELECT order_id, message_id, customer_id, total_amount, payment_status, inventory_status,
			accepted_at, updated_at FROM orders WHERE accepted_at IS NOT NULL""";

	private static final String COUNT = """
			SELECT payment_status, inventory_status, COUNT(*) AS orders FROM orders
			WHERE accepted_at IS NOT NULL GROUP BY payment_status, inventory_status""";

	private final JdbcClient jdbc;

	OrderQueries(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Optional<OrderState> find(String orderId) {
		return this.jdbc.sql(SELECT + " AND order_id = ?").param(orderId).query(OrderState.class).optional();
	}

	List<OrderState> latest(int limit) {
		return this.jdbc.sql(SELECT + " ORDER BY accepted_at DESC LIMIT ?").param(limit).query(OrderState.class).list();
	}

	OrderCounts counts() {
		return OrderCounts.of(this.jdbc.sql(COUNT).query(OrderCount.class).list());
	}

}

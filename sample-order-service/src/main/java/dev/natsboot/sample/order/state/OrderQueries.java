package dev.natsboot.sample.order.state;

import java.sql.ResultSet;
import java.sql.SQLException;
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
			accepted_at, updated_at FROM order_state""";

	private static final String COUNT = """
			SELECT payment_status, inventory_status, COUNT(*) AS orders FROM order_state
			GROUP BY payment_status, inventory_status""";

	private final JdbcClient jdbc;

	OrderQueries(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Optional<OrderState> find(String orderId) {
		return this.jdbc.sql(SELECT + " WHERE order_id = ?").param(orderId).query(OrderQueries::order).optional();
	}

	List<OrderState> latest(int limit) {
		return this.jdbc.sql(SELECT + " ORDER BY accepted_at DESC LIMIT ?")
			.param(limit)
			.query(OrderQueries::order)
			.list();
	}

	OrderCounts counts() {
		return OrderCounts.of(this.jdbc.sql(COUNT).query(OrderQueries::count).list());
	}

	private static OrderState order(ResultSet row, int number) throws SQLException {
		return new OrderState(row.getString("order_id"), row.getString("message_id"), row.getString("customer_id"),
				row.getBigDecimal("total_amount"), PaymentStatus.valueOf(row.getString("payment_status")),
				InventoryStatus.valueOf(row.getString("inventory_status")), row.getTimestamp("accepted_at").toInstant(),
				row.getTimestamp("updated_at").toInstant());
	}

	private static OrderCount count(ResultSet row, int number) throws SQLException {
		return new OrderCount(PaymentStatus.valueOf(row.getString("payment_status")),
				InventoryStatus.valueOf(row.getString("inventory_status")), row.getLong("orders"));
	}

}

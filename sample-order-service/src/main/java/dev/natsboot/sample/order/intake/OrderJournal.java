package dev.natsboot.sample.order.intake;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Comparator;
import java.util.List;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The rows that the intake writes: one JDBC batch in one transaction for each step.
 */
@Repository
class OrderJournal {

	private static final String INSERT = """
			INSERT INTO orders (order_id, message_id, customer_id, total_amount, created_at, updated_at)
			VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""";

	private static final String ACCEPT = "UPDATE orders SET accepted_at = created_at WHERE order_id = ?";

	private static final String SAME = """
			SELECT COUNT(*) FROM orders WHERE order_id = ? AND customer_id = ? AND total_amount = ?""";

	private final JdbcTemplate jdbc;

	OrderJournal(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Write orders that aren't accepted yet. One that is there already stays as it is.
	 * @param orders the orders
	 * @throws IdempotencyKeyReusedException when one is there and is another order
	 */
	@Transactional
	public void insert(List<OrderCreated> orders) {
		int[][] inserted = this.jdbc.batchUpdate(INSERT, orders, orders.size(), OrderJournal::set);
		for (int i = 0; i < orders.size(); i++) {
			if (inserted[0][i] == 0) {
				requireSame(orders.get(i));
			}
		}
	}

	/**
	 * Mark orders as accepted. Rows are taken in the order of their ids, as everywhere,
	 * so that two transactions never wait for each other.
	 * @param orders the orders that JetStream has acknowledged
	 */
	@Transactional
	public void accept(List<OrderCreated> orders) {
		List<Object[]> ids = orders.stream()
			.map(OrderCreated::orderId)
			.sorted(Comparator.naturalOrder())
			.map((id) -> new Object[] { id })
			.toList();
		this.jdbc.batchUpdate(ACCEPT, ids);
	}

	private void requireSame(OrderCreated order) {
		Integer same = this.jdbc.queryForObject(SAME, Integer.class, order.orderId(), order.customerId(),
				order.totalAmount());
		if (same == null || same == 0) {
			throw new IdempotencyKeyReusedException(order.orderId());
		}
	}

	private static void set(PreparedStatement statement, OrderCreated order) throws SQLException {
		Timestamp createdAt = Timestamp.from(order.createdAt());
		statement.setString(1, order.orderId());
		statement.setString(2, order.messageId());
		statement.setString(3, order.customerId());
		statement.setBigDecimal(4, order.totalAmount());
		statement.setTimestamp(5, createdAt);
		statement.setTimestamp(6, createdAt);
	}

}

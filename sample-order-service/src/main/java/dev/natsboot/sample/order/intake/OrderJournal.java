package dev.natsboot.sample.order.intake;

import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/**
 * The rows that the intake writes: one statement for all orders of a step. It takes a
 * column of them as an array, which costs a fraction of a statement for each row.
 */
@Repository
public class OrderJournal {

	private static final String INSERT = """
			INSERT INTO orders (order_id, message_id, customer_id, total_amount, created_at)
			SELECT order_id, message_id, customer_id, total_amount, created_at
			FROM unnest(CAST(? AS VARCHAR ARRAY), CAST(? AS VARCHAR ARRAY), CAST(? AS VARCHAR ARRAY),
			CAST(? AS NUMERIC ARRAY), CAST(? AS TIMESTAMP WITH TIME ZONE ARRAY))
			AS request (order_id, message_id, customer_id, total_amount, created_at)
			ON CONFLICT DO NOTHING""";

	private static final String ACCEPT = "UPDATE orders SET accepted_at = created_at WHERE order_id = ANY(?)";

	private static final String SAME = """
			SELECT COUNT(*) FROM orders WHERE order_id = ? AND customer_id = ? AND total_amount = ?""";

	private final JdbcClient jdbc;

	OrderJournal(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Write orders that aren't accepted yet. One that is there already stays as it is.
	 * @param orders the orders
	 * @throws IdempotencyKeyReusedException when one is there and is another order
	 */
	public void insert(List<OrderCreated> orders) {
		int inserted = this.jdbc.sql(INSERT)
			.param(array("varchar", orders, OrderCreated::orderId))
			.param(array("varchar", orders, OrderCreated::messageId))
			.param(array("varchar", orders, OrderCreated::customerId))
			.param(array("numeric", orders, OrderCreated::totalAmount))
			.param(array("timestamptz", orders, (order) -> order.createdAt().atOffset(ZoneOffset.UTC)))
			.update();
		if (inserted < orders.size()) {
			orders.forEach(this::requireSame);
		}
	}

	/**
	 * Mark orders as accepted.
	 * @param orders the orders that JetStream has acknowledged, or that are settled
	 * already
	 */
	public void accept(List<OrderCreated> orders) {
		this.jdbc.sql(ACCEPT).param(array("varchar", orders, OrderCreated::orderId)).update();
	}

	private void requireSame(OrderCreated order) {
		long same = this.jdbc.sql(SAME)
			.params(order.orderId(), order.customerId(), order.totalAmount())
			.query(Long.class)
			.single();
		if (same == 0) {
			throw new IdempotencyKeyReusedException(order.orderId());
		}
	}

	private static <T> SqlArrayValue array(String type, List<OrderCreated> orders, Function<OrderCreated, T> column) {
		return new SqlArrayValue(type, orders.stream().map(column).toArray());
	}

}

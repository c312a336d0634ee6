package dev.natsboot.sample.processor.payment;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.natsboot.sample.processor.event.OrderCreated;
import dev.natsboot.sample.processor.event.SqlColumns;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The payments: one row for each message id. Rows are written in the order of their ids,
 * so that two transactions never wait for each other.
 */
class PaymentRepository {

	private static final String SELECT = "SELECT message_id, status FROM payment WHERE message_id = ANY(?)";

	private static final String INSERT = """
			INSERT INTO payment (message_id, order_id, amount, status, charge_id, created_at)
			SELECT message_id, order_id, amount, status, charge_id, CURRENT_TIMESTAMP
			FROM unnest(CAST(? AS VARCHAR ARRAY), CAST(? AS VARCHAR ARRAY), CAST(? AS NUMERIC ARRAY),
			CAST(? AS VARCHAR ARRAY), CAST(? AS VARCHAR ARRAY)) AS result (message_id, order_id, amount, status, charge_id)
			ON CONFLICT DO NOTHING""";

	private final JdbcClient jdbc;

	PaymentRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Read what became of payments before.
	 * @param orders the orders
	 * @return the states of those that are paid or were declined, by message id
	 */
	Map<String, PaymentStatus> find(List<OrderCreated> orders) {
		Map<String, PaymentStatus> settled = new HashMap<>();
		this.jdbc.sql(SELECT).param(SqlColumns.text(orders, OrderCreated::messageId)).query((row) -> {
			settled.put(row.getString("message_id"), PaymentStatus.valueOf(row.getString("status")));
		});
		return settled;
	}

	/**
	 * Write what became of payments, all in one statement, which is a transaction. What
	 * is there already stays as it is.
	 * @param results the results
	 */
	void settle(List<PaymentResult> results) {
		List<PaymentResult> rows = results.stream()
			.sorted(Comparator.comparing(PaymentResult::orderMessageId))
			.toList();
		this.jdbc.sql(INSERT)
			.param(SqlColumns.text(rows, PaymentResult::orderMessageId))
			.param(SqlColumns.text(rows, PaymentResult::orderId))
			.param(SqlColumns.numeric(rows, PaymentResult::amount))
			.param(SqlColumns.text(rows, (result) -> result.status().name()))
			.param(SqlColumns.text(rows, PaymentResult::chargeId))
			.update();
	}

}

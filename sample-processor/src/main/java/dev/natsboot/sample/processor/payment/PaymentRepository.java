package dev.natsboot.sample.processor.payment;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.natsboot.sample.processor.event.OrderCreated;
import dev.natsboot.sample.processor.event.SqlColumns;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The payments: one row for each message id. Rows are written in the order of their ids,
 * so that two transactions never wait for each other.
 */
class PaymentRepository {

	private static final String KNOWN = "SELECT message_id FROM payment WHERE message_id = ANY(?)";

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
	 * Leave out what is paid, or was declined.
	 * @param orders the orders to pay for, also repeated
	 * @return those that are to be paid, each once
	 */
	List<OrderCreated> open(List<OrderCreated> orders) {
		Map<String, OrderCreated> open = OrderCreated.byMessageId(orders);
		this.jdbc.sql(KNOWN)
			.param(SqlColumns.text(open.keySet(), Function.identity()))
			.query(String.class)
			.list()
			.forEach(open::remove);
		return List.copyOf(open.values());
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

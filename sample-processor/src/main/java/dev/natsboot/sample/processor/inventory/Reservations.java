package dev.natsboot.sample.processor.inventory;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.natsboot.sample.processor.event.OrderCreated;
import dev.natsboot.sample.processor.event.SqlColumns;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/**
 * The reservations: one row for each message id.
 */
@Transactional
class Reservations {

	private static final String SELECT = """
			SELECT message_id, order_id, status FROM reservation WHERE message_id = ANY(?)""";

	private static final String INSERT = """
			INSERT INTO reservation (message_id, order_id, status, created_at)
			SELECT message_id, order_id, status, CURRENT_TIMESTAMP
			FROM unnest(CAST(? AS VARCHAR ARRAY), CAST(? AS VARCHAR ARRAY), CAST(? AS VARCHAR ARRAY))
			AS result (message_id, order_id, status)""";

	private final JdbcClient jdbc;

	Reservations(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Read what became of orders before.
	 * @param orders the orders
	 * @return the results of those that have one, by message id
	 */
	public Map<String, ReservationResult> find(Collection<OrderCreated> orders) {
		return this.jdbc.sql(SELECT)
			.param(SqlColumns.text(orders, OrderCreated::messageId))
			.query((row, number) -> ReservationResult.of(row.getString("message_id"), row.getString("order_id"),
					ReservationStatus.valueOf(row.getString("status"))))
			.list()
			.stream()
			.collect(Collectors.toMap(ReservationResult::orderMessageId, Function.identity()));
	}

	/**
	 * Write reservations, all in one statement.
	 * @param results the results of orders that have none
	 */
	public void insert(List<ReservationResult> results) {
		List<ReservationResult> rows = results.stream()
			.sorted(Comparator.comparing(ReservationResult::orderMessageId))
			.toList();
		this.jdbc.sql(INSERT)
			.param(SqlColumns.text(rows, ReservationResult::orderMessageId))
			.param(SqlColumns.text(rows, ReservationResult::orderId))
			.param(SqlColumns.text(rows, (result) -> result.status().name()))
			.update();
	}

}

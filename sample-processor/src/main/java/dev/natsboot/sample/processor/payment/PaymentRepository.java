package dev.natsboot.sample.processor.payment;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.natsboot.sample.processor.event.OnceOnly;
import dev.natsboot.sample.processor.event.OrderCreated;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/**
 * The payments: one row for each message id. Rows are written in the order of their ids,
 * so that two transactions never wait for each other.
 */
class PaymentRepository {

	private static final String OPEN = """
			INSERT INTO payment (message_id, order_id, amount, status, created_at, updated_at)
			VALUES (?, ?, ?, 'PENDING', ?, ?) ON CONFLICT DO NOTHING""";

	private static final String SETTLED = """
			SELECT message_id FROM payment WHERE message_id IN (:ids) AND status <> 'PENDING'""";

	private static final String SETTLE = """
			UPDATE payment SET status = ?, charge_id = ?, updated_at = ? WHERE message_id = ? AND status = 'PENDING'""";

	private final JdbcTemplate jdbc;

	private final JdbcClient client;

	PaymentRepository(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
		this.client = JdbcClient.create(jdbc);
	}

	/**
	 * Write payments as PENDING unless they are there.
	 * @param orders the orders to pay for, also repeated
	 * @return those that are to be paid, each once
	 */
	@Transactional
	public List<OrderCreated> open(List<OrderCreated> orders) {
		Map<String, OrderCreated> open = OrderCreated.byMessageId(orders);
		Timestamp now = Timestamp.from(Instant.now());
		Set<String> fresh = OnceOnly.insert(this.jdbc, OPEN, open,
				(order) -> new Object[] { order.messageId(), order.orderId(), order.totalAmount(), now, now });
		if (fresh.size() < open.size()) {
			Set<String> settled = settled(open.keySet());
			open.keySet().removeAll(settled);
		}
		return List.copyOf(open.values());
	}

	/**
	 * Write what became of payments. What is settled already stays as it is.
	 * @param results the results
	 */
	@Transactional
	public void settle(List<PaymentResult> results) {
		Timestamp now = Timestamp.from(Instant.now());
		this.jdbc.batchUpdate(SETTLE, results.stream()
			.sorted(Comparator.comparing(PaymentResult::orderMessageId))
			.map((result) -> new Object[] { result.status().name(), result.chargeId(), now, result.orderMessageId() })
			.toList());
	}

	private Set<String> settled(Set<String> messageIds) {
		return this.client.sql(SETTLED)
			.param("ids", messageIds)
			.query((row, number) -> row.getString("message_id"))
			.set();
	}

}

package dev.natsboot.sample.processor.inventory;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.natsboot.sample.processor.event.OnceOnly;
import dev.natsboot.sample.processor.event.OrderCreated;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/**
 * The reservations: one row for each message id.
 */
@Transactional
class Reservations {

	private static final String INSERT = """
			INSERT INTO reservation (message_id, order_id, status, created_at)
			VALUES (?, ?, 'RESERVED', ?) ON CONFLICT DO NOTHING""";

	private static final String OUT_OF_STOCK = "UPDATE reservation SET status = 'OUT_OF_STOCK' WHERE message_id = ?";

	private static final String SELECT = "SELECT message_id, status FROM reservation WHERE message_id IN (:ids)";

	private final JdbcTemplate jdbc;

	private final JdbcClient client;

	Reservations(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
		this.client = JdbcClient.create(jdbc);
	}

	/**
	 * Write reservations unless they are there.
	 * @param orders the orders by message id
	 * @return the message ids that weren't there
	 */
	public Set<String> insert(Map<String, OrderCreated> orders) {
		Timestamp now = Timestamp.from(Instant.now());
		return OnceOnly.insert(this.jdbc, INSERT, orders,
				(order) -> new Object[] { order.messageId(), order.orderId(), now });
	}

	/**
	 * Correct the reservations of orders that got nothing.
	 * @param orders the orders
	 */
	public void outOfStock(List<OrderCreated> orders) {
		this.jdbc.batchUpdate(OUT_OF_STOCK,
				orders.stream().map(OrderCreated::messageId).map((id) -> new Object[] { id }).toList());
	}

	/**
	 * Read what became of orders before.
	 * @param messageIds the orders' message ids
	 * @return the status by message id
	 */
	public Map<String, ReservationStatus> find(Collection<String> messageIds) {
		Map<String, ReservationStatus> statuses = new HashMap<>();
		this.client.sql(SELECT).param("ids", messageIds).query((row) -> {
			statuses.put(row.getString("message_id"), ReservationStatus.valueOf(row.getString("status")));
		});
		return statuses;
	}

}

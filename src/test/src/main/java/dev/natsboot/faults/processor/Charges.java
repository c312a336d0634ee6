package dev.natsboot.faults.processor;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/**
 * Charges an order, at most once, since the table has its id only once.
 */
@Repository
class Charges {

	private final JdbcTemplate jdbc;

	Charges(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Charge an order.
	 * @return whether it wasn't charged before
	 */
	boolean charge(Order order) {
		return this.jdbc.update("INSERT INTO charge (message_id) VALUES (?) ON CONFLICT DO NOTHING", order.id()) == 1;
	}

}

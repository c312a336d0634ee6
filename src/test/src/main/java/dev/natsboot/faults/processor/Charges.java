package dev.natsboot.faults.processor;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Charges an order, as often as it is told to.
 */
@Repository
class Charges {

	private final JdbcTemplate jdbc;

	Charges(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Charge an order, in the transaction of the caller if there is one.
	 * @param done called when that is committed
	 */
	void charge(Order order, Runnable done) {
		this.jdbc.update("INSERT INTO charge (order_id) VALUES (?)", order.id());
		if (!TransactionSynchronizationManager.isSynchronizationActive()) {
			done.run();
			return;
		}
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCommit() {
				done.run();
			}

		});
	}

}

package dev.natsboot.casestudy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.natsboot.run.RunException;

/**
 * Looks into the databases of the samples while these are running.
 */
final class Databases implements AutoCloseable {

	private final Connection orders;

	private final Connection processor;

	private final Connection gateway;

	Databases(DatabaseServer server) {
		this.orders = connect(server, "orders");
		this.processor = connect(server, "processor");
		this.gateway = connect(server, "gateway");
	}

	private static Connection connect(DatabaseServer server, String database) {
		try {
			return server.connect(database);
		}
		catch (SQLException ex) {
			throw new RunException("The database %s can't be opened".formatted(database), ex);
		}
	}

	/**
	 * Count the accepted orders that aren't settled.
	 * @return how many wait for their payment or their stock
	 */
	long openOrders() {
		String sql = """
				SELECT COUNT(*) FROM order_state
				WHERE payment_status = 'PENDING' OR inventory_status = 'PENDING'""";
		long[] count = new long[1];
		query(this.orders, sql, (row) -> count[0] = row.getLong(1));
		return count[0];
	}

	/**
	 * Return the orders that the order service has accepted.
	 * @return the ids of the orders
	 */
	Set<String> acceptedOrders() {
		Set<String> ids = new HashSet<>();
		query(this.orders, "SELECT order_id FROM order_state", (row) -> ids.add(row.getString(1)));
		return ids;
	}

	/**
	 * Return what the order service knows about the payments.
	 * @return the state of the payment by order
	 */
	Map<String, String> orderStates() {
		return strings(this.orders, "SELECT order_id, payment_status FROM order_state");
	}

	/**
	 * Return the payments of the processor.
	 * @return the state of the payment by order
	 */
	Map<String, String> payments() {
		return strings(this.processor, "SELECT order_id, status FROM payment");
	}

	/**
	 * Return the charges in the ledger of the gateway.
	 * @return the number of approved charges by order
	 */
	Map<String, Integer> approvedCharges() {
		Map<String, Integer> charges = new HashMap<>();
		query(this.gateway, "SELECT order_id, COUNT(*) FROM charge WHERE outcome = 'APPROVED' GROUP BY order_id",
				(row) -> charges.put(row.getString(1), row.getInt(2)));
		return charges;
	}

	private static Map<String, String> strings(Connection connection, String sql) {
		Map<String, String> values = new HashMap<>();
		query(connection, sql, (row) -> values.put(row.getString(1), row.getString(2)));
		return values;
	}

	private static void query(Connection connection, String sql, RowConsumer consumer) {
		try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
			while (rows.next()) {
				consumer.accept(rows);
			}
		}
		catch (SQLException ex) {
			throw new RunException("The databases can't be asked: " + sql, ex);
		}
	}

	@Override
	public void close() throws SQLException {
		this.orders.close();
		this.processor.close();
		this.gateway.close();
	}

	/**
	 * Takes a row.
	 */
	private interface RowConsumer {

		void accept(ResultSet row) throws SQLException;

	}

}

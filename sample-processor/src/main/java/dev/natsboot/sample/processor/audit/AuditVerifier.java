package dev.natsboot.sample.processor.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Compares what the archive says with the processor's database.
 */
class AuditVerifier {

	private static final String PAYMENTS = "SELECT order_id, status FROM payment";

	private static final String RESERVATIONS = "SELECT order_id, status FROM reservation";

	private final AuditRebuild rebuild;

	private final JdbcTemplate jdbc;

	AuditVerifier(AuditRebuild rebuild, JdbcTemplate jdbc) {
		this.rebuild = rebuild;
		this.jdbc = jdbc;
	}

	Verification verify() {
		Map<String, RebuiltOrder> orders = this.rebuild.orders();
		Map<String, String> archivedPayments = new HashMap<>();
		Map<String, String> archivedReservations = new HashMap<>();
		orders.forEach((orderId, order) -> {
			archivedPayments.put(orderId, order.paymentStatus());
			archivedReservations.put(orderId, order.inventoryStatus());
		});
		List<Difference> differences = new ArrayList<>();
		compare("payment", archivedPayments, statuses(PAYMENTS), differences);
		compare("inventory", archivedReservations, statuses(RESERVATIONS), differences);
		return new Verification(orders.size(), differences.isEmpty(), differences);
	}

	private Map<String, String> statuses(String sql) {
		Map<String, String> statuses = new HashMap<>();
		this.jdbc.query(sql, (row) -> {
			statuses.put(row.getString("order_id"), row.getString("status"));
		});
		return statuses;
	}

	private static void compare(String what, Map<String, String> archive, Map<String, String> database,
			List<Difference> differences) {
		archive.forEach((orderId, archived) -> {
			String stored = database.getOrDefault(orderId, "PENDING");
			if (!stored.equals(archived)) {
				differences.add(new Difference(orderId, what, archived, stored));
			}
		});
		database.forEach((orderId, stored) -> {
			if (!archive.containsKey(orderId)) {
				differences.add(new Difference(orderId, what, "MISSING", stored));
			}
		});
	}

	/**
	 * The outcome of a comparison.
	 *
	 * @param orders how many orders the archive knows
	 * @param equal whether archive and database agree
	 * @param differences where they don't
	 */
	record Verification(int orders, boolean equal, List<Difference> differences) {

	}

	/**
	 * Something that archive and database don't agree on.
	 *
	 * @param orderId the order
	 * @param what {@code payment} or {@code inventory}
	 * @param archive the status in the archive
	 * @param database the status in the database
	 */
	record Difference(String orderId, String what, String archive, String database) {

	}

}

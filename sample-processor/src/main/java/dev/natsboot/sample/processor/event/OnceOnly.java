package dev.natsboot.sample.processor.event;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Tells new messages from known ones by a unique message id in the database.
 */
public final class OnceOnly {

	private OnceOnly() {
	}

	/**
	 * Insert rows unless they are there, in one JDBC batch and in the order of their
	 * message ids, so that two transactions never wait for each other.
	 * @param jdbc the database
	 * @param sql an insert that does nothing on a conflict
	 * @param orders the orders by message id
	 * @param row makes the parameters of a row
	 * @return the message ids that weren't there
	 */
	public static Set<String> insert(JdbcTemplate jdbc, String sql, Map<String, OrderCreated> orders,
			Function<OrderCreated, Object[]> row) {
		List<OrderCreated> sorted = List.copyOf(new TreeMap<>(orders).values());
		int[] inserted = jdbc.batchUpdate(sql, sorted.stream().map(row).toList());
		Set<String> fresh = new HashSet<>();
		for (int i = 0; i < inserted.length; i++) {
			if (inserted[i] > 0) {
				fresh.add(sorted.get(i).messageId());
			}
		}
		return fresh;
	}

}

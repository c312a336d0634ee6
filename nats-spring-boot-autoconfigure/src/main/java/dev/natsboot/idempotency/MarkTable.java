package dev.natsboot.idempotency;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.util.Assert;

/**
 * The table of handled keys.
 * <p>
 * In PostgreSQL an insertion that fails ends the transaction, so it must not fail; other
 * databases undo the one statement.
 */
final class MarkTable {

	private static final Pattern NAME = Pattern.compile("[A-Za-z_][\\w$]*(\\.[A-Za-z_][\\w$]*)?");

	private final JdbcOperations jdbc;

	private final Duration ttl;

	private final Clock clock;

	private final String insert;

	private final String insertAll;

	private final String delete;

	private final String deleteOld;

	private volatile @Nullable Boolean postgresql;

	MarkTable(JdbcOperations jdbc, String name, Duration ttl, Clock clock) {
		Assert.isTrue(NAME.matcher(name).matches(), () -> "'nats.listener.idempotency.jdbc.table-name' is '" + name
				+ "', which is no name of a table, for example nats_idempotency");
		this.jdbc = jdbc;
		this.ttl = ttl;
		this.clock = clock;
		this.insert = "INSERT INTO " + name + " (listener, message_key, handled_at) VALUES (?, ?, ?)";
		this.insertAll = "INSERT INTO " + name
				+ " (listener, message_key, handled_at) SELECT ?, k, CAST(? AS TIMESTAMPTZ) "
				+ "FROM unnest(?) AS k ON CONFLICT DO NOTHING RETURNING message_key";
		this.delete = "DELETE FROM " + name + " WHERE listener = ? AND message_key = ?";
		this.deleteOld = "DELETE FROM " + name + " WHERE handled_at < ?";
	}

	/**
	 * Insert those keys that aren't there.
	 * @return the keys that were inserted
	 */
	Set<String> insert(String listener, SortedSet<String> keys) {
		Timestamp now = Timestamp.from(this.clock.instant());
		return isPostgresql() ? insertAll(listener, keys, now) : insertEach(listener, keys, now);
	}

	private Set<String> insertAll(String listener, SortedSet<String> keys, Timestamp now) {
		return new HashSet<>(this.jdbc.query(this.insertAll, (statement) -> {
			statement.setString(1, listener);
			statement.setTimestamp(2, now);
			statement.setArray(3, statement.getConnection().createArrayOf("varchar", keys.toArray()));
		}, (row, number) -> row.getString(1)));
	}

	private Set<String> insertEach(String listener, SortedSet<String> keys, Timestamp now) {
		Set<String> inserted = new HashSet<>();
		for (String key : keys) {
			try {
				this.jdbc.update(this.insert, listener, key, now);
				inserted.add(key);
			}
			catch (DuplicateKeyException ex) {
				continue;
			}
		}
		return inserted;
	}

	private boolean isPostgresql() {
		Boolean known = this.postgresql;
		if (known == null) {
			known = Boolean.TRUE.equals(this.jdbc.execute((ConnectionCallback<Boolean>) (connection) -> "PostgreSQL"
				.equals(connection.getMetaData().getDatabaseProductName())));
			this.postgresql = known;
		}
		return known;
	}

	void delete(String listener, Collection<String> keys) {
		List<Object[]> arguments = keys.stream().map((key) -> new Object[] { listener, key }).toList();
		this.jdbc.batchUpdate(this.delete, arguments);
	}

	int removeExpired() {
		return this.jdbc.update(this.deleteOld, Timestamp.from(this.clock.instant().minus(this.ttl)));
	}

}

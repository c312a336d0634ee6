package dev.natsboot.idempotency;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.natsboot.core.Durations;

import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.Assert;

/**
 * Remembers keys in a table of a relational database, in the transaction of the handler:
 * a claim begins a transaction and inserts the key; what the handler does with the same
 * transaction manager, {@code @Transactional} methods included, takes part in it.
 * Confirming commits, so that there is a mark exactly if there is an effect; releasing
 * rolls back. A claim needs no lease: the database ends the transaction of an application
 * that was killed.
 * <p>
 * Who claims a key that another open transaction has inserted waits for that transaction,
 * as long as the database's lock timeout allows, then gets it as busy.
 */
public final class JdbcIdempotencyStore implements IdempotencyStore, AutoCloseable {

	private static final String LOCK_NOT_AVAILABLE = "55P03";

	private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

	private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);

	private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);

	private final PlatformTransactionManager transactions;

	private final MarkTable table;

	private final PeriodicTask removal;

	/**
	 * Create a store.
	 * @param jdbc the database
	 * @param transactions begins and ends the transactions; has to be the one of the
	 * handlers, and of the same database
	 * @param tableName the table, as in the schema scripts beside this class
	 * @param ttl how long a key is remembered after its message was handled
	 */
	public JdbcIdempotencyStore(JdbcOperations jdbc, PlatformTransactionManager transactions, String tableName,
			Duration ttl) {
		this(jdbc, transactions, tableName, ttl, Clock.systemUTC());
	}

	JdbcIdempotencyStore(JdbcOperations jdbc, PlatformTransactionManager transactions, String tableName, Duration ttl,
			Clock clock) {
		Assert.isTrue(!ttl.isNegative() && !ttl.isZero(), () -> "'nats.listener.idempotency.ttl' is "
				+ Durations.text(ttl) + ", but must be longer than 0, for example 24h");
		this.transactions = transactions;
		this.table = new MarkTable(jdbc, tableName, ttl, clock);
		this.removal = new PeriodicTask("nats-idempotency-removal", removalInterval(ttl), this::removeExpired);
	}

	/**
	 * Often, so that each removal is a short one.
	 */
	private static Duration removalInterval(Duration ttl) {
		Duration interval = ttl.dividedBy(10);
		if (interval.compareTo(LONGEST_INTERVAL) > 0) {
			return LONGEST_INTERVAL;
		}
		return (interval.compareTo(SHORTEST_INTERVAL) < 0) ? SHORTEST_INTERVAL : interval;
	}

	@Override
	public boolean isTransactional() {
		return true;
	}

	@Override
	public IdempotencyClaim claim(String listener, Set<String> keys) {
		this.removal.ensureStarted();
		DefaultTransactionDefinition definition = new DefaultTransactionDefinition();
		definition.setName("idempotency of " + listener);
		TransactionStatus transaction = this.transactions.getTransaction(definition);
		JdbcClaim claim = new JdbcClaim(this.transactions, transaction, this.table, listener);
		try {
			claim.insert(new TreeSet<>(keys));
			return claim;
		}
		catch (RuntimeException | Error ex) {
			claim.release();
			if (isLocked(ex)) {
				return new BusyClaim(keys.stream().collect(Collectors.toMap((key) -> key, (key) -> LOOK_AGAIN)));
			}
			throw ex;
		}
	}

	/**
	 * Whether the wait for another transaction was given up. H2 calls that a timeout, and
	 * Spring doesn't know PostgreSQL's state.
	 */
	private static boolean isLocked(Throwable failure) {
		return failure instanceof PessimisticLockingFailureException || failure instanceof QueryTimeoutException
				|| (failure.getCause() instanceof SQLException cause && LOCK_NOT_AVAILABLE.equals(cause.getSQLState()));
	}

	/**
	 * Remove the keys that are older than the time to live. Done by itself, at intervals
	 * of up to a minute, from the first claim on.
	 * @return how many keys were removed
	 */
	public int removeExpired() {
		return new TransactionTemplate(this.transactions).execute((status) -> this.table.removeExpired());
	}

	/**
	 * Stop removing old keys.
	 */
	@Override
	public void close() {
		this.removal.close();
	}

	/**
	 * Somebody else has all keys, or one that the others had to wait for.
	 *
	 * @param busy the keys
	 */
	private record BusyClaim(Map<String, Duration> busy) implements IdempotencyClaim {

		@Override
		public Set<String> granted() {
			return Set.of();
		}

		@Override
		public Set<String> duplicates() {
			return Set.of();
		}

		@Override
		public void confirm(Set<String> handled) {
		}

		@Override
		public void release() {
		}

	}

}

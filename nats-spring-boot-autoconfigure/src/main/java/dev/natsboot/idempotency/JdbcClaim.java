package dev.natsboot.idempotency;

import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;

/**
 * A transaction with the keys that were inserted in it.
 */
final class JdbcClaim implements IdempotencyClaim {

	private static final Log logger = LogFactory.getLog(JdbcClaim.class);

	private final PlatformTransactionManager transactions;

	private final TransactionStatus transaction;

	private final MarkTable table;

	private final String listener;

	private Set<String> granted = Set.of();

	private Set<String> duplicates = Set.of();

	JdbcClaim(PlatformTransactionManager transactions, TransactionStatus transaction, MarkTable table,
			String listener) {
		this.transactions = transactions;
		this.transaction = transaction;
		this.table = table;
		this.listener = listener;
	}

	/**
	 * Insert keys; in their order, so that transactions with the same keys wait for each
	 * other and don't block each other.
	 */
	void insert(SortedSet<String> keys) {
		this.granted = this.table.insert(this.listener, keys);
		this.duplicates = new HashSet<>(keys);
		this.duplicates.removeAll(this.granted);
	}

	@Override
	public Set<String> granted() {
		return Collections.unmodifiableSet(this.granted);
	}

	@Override
	public Set<String> duplicates() {
		return Collections.unmodifiableSet(this.duplicates);
	}

	@Override
	public Map<String, Duration> busy() {
		return Map.of();
	}

	@Override
	public void confirm(Set<String> handled) {
		Set<String> unhandled = new HashSet<>(this.granted);
		unhandled.removeAll(handled);
		try {
			if (!unhandled.isEmpty() && !this.transaction.isRollbackOnly()) {
				this.table.delete(this.listener, unhandled);
			}
		}
		catch (RuntimeException | Error ex) {
			release();
			throw ex;
		}
		this.transactions.commit(this.transaction);
	}

	@Override
	public void release() {
		try {
			this.transactions.rollback(this.transaction);
		}
		catch (RuntimeException ex) {
			logger.warn("A transaction of listener '" + this.listener + "' could not be rolled back, the database "
					+ "does it by itself when its connection is closed: " + ex);
		}
	}

}

package dev.natsboot.idempotency;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What the store in a database promises, with one database.
 */
abstract class JdbcStoreContract extends IdempotencyStoreContract {

	private final MutableClock clock = new MutableClock();

	private JdbcTemplate jdbc;

	private JdbcTransactionManager transactions;

	private JdbcIdempotencyStore store;

	abstract DataSource dataSource();

	abstract String schema();

	@BeforeEach
	void prepare() {
		DataSource dataSource = dataSource();
		this.jdbc = new JdbcTemplate(dataSource);
		this.transactions = new JdbcTransactionManager(dataSource);
		this.store = new JdbcIdempotencyStore(this.jdbc, this.transactions, "nats_idempotency", Duration.ofHours(1),
				this.clock);
		new ResourceDatabasePopulator(new ClassPathResource("dev/natsboot/idempotency/" + schema()))
			.execute(dataSource);
		this.jdbc.execute("DELETE FROM nats_idempotency");
		this.jdbc.execute("DROP TABLE IF EXISTS charge");
		this.jdbc.execute("CREATE TABLE charge (id VARCHAR(20))");
	}

	@AfterEach
	void close() {
		this.store.close();
	}

	@Override
	final IdempotencyStore store() {
		return this.store;
	}

	final JdbcTemplate jdbc() {
		return this.jdbc;
	}

	private int charges() {
		Integer count = this.jdbc.queryForObject("SELECT COUNT(*) FROM charge", Integer.class);
		return (count != null) ? count : -1;
	}

	private int marks() {
		Integer count = this.jdbc.queryForObject("SELECT COUNT(*) FROM nats_idempotency", Integer.class);
		return (count != null) ? count : -1;
	}

	private void charge() {
		new TransactionTemplate(this.transactions)
			.executeWithoutResult((status) -> this.jdbc.update("INSERT INTO charge VALUES ('1')"));
	}

	@Test
	void theMarkAndTheEffectAreCommittedTogether() {
		IdempotencyClaim claim = claim("a");
		charge();
		claim.confirm(Set.of("a"));
		assertThat(charges()).isOne();
		assertThat(marks()).isOne();
	}

	@Test
	void theMarkAndTheEffectAreRolledBackTogether() {
		IdempotencyClaim claim = claim("a");
		charge();
		claim.release();
		assertThat(charges()).isZero();
		assertThat(marks()).isZero();
	}

	@Test
	void aDuplicateDoesNotDisturbTheTransaction() {
		claim("a").confirm(Set.of("a"));
		IdempotencyClaim claim = claim("a", "b");
		charge();
		claim.confirm(Set.of("b"));
		assertThat(charges()).isOne();
		assertThat(marks()).isEqualTo(2);
	}

	@Test
	void aTransactionThatCanOnlyBeRolledBackIsNotConfirmed() {
		IdempotencyClaim claim = claim("a", "b");
		charge();
		new TransactionTemplate(this.transactions).executeWithoutResult((status) -> status.setRollbackOnly());
		assertThatExceptionOfType(UnexpectedRollbackException.class).isThrownBy(() -> claim.confirm(Set.of("a")));
		assertThat(charges()).isZero();
		assertThat(marks()).isZero();
		assertGranted("a");
	}

	@Test
	void whoComesWhileTheKeyIsBeingHandledDoesNotHandleIt() throws Exception {
		IdempotencyClaim claim = claim("a");
		CompletableFuture<IdempotencyClaim> other = CompletableFuture.supplyAsync(() -> {
			IdempotencyClaim second = claim("a");
			second.release();
			return second;
		});
		charge();
		claim.confirm(Set.of("a"));
		IdempotencyClaim second = other.get(30, TimeUnit.SECONDS);
		assertThat(second.granted()).isEmpty();
		assertThat(second.duplicates()).hasSizeLessThanOrEqualTo(1);
		assertDuplicate("a");
	}

	@Test
	void whoWaitsTooLongForAnOpenTransactionGetsABusyKey() throws Exception {
		IdempotencyClaim claim = claim("a");
		IdempotencyClaim second;
		try {
			second = CompletableFuture.supplyAsync(() -> {
				IdempotencyClaim result = impatiently("a", "b");
				result.release();
				return result;
			}).get(30, TimeUnit.SECONDS);
		}
		finally {
			claim.release();
		}
		assertThat(second.granted()).isEmpty();
		assertThat(second.duplicates()).isEmpty();
		assertThat(second.busy()).containsOnlyKeys("a", "b");
		assertGranted("a");
	}

	/**
	 * Claim with a short lock timeout.
	 */
	abstract IdempotencyClaim impatiently(String... keys);

	@Test
	void oldKeysAreRemoved() {
		claim("a").confirm(Set.of("a"));
		this.clock.advance(Duration.ofMinutes(50));
		claim("b").confirm(Set.of("b"));
		assertThat(this.store.removeExpired()).isZero();
		this.clock.advance(Duration.ofMinutes(20));
		assertThat(this.store.removeExpired()).isOne();
		assertGranted("a");
		assertDuplicate("b");
	}

	@Test
	void oldKeysAreRemovedOverConnectionsThatDoNotCommitByThemselves() {
		DataSource manual = new DelegatingDataSource(dataSource()) {

			@Override
			public Connection getConnection() throws SQLException {
				Connection connection = super.getConnection();
				connection.setAutoCommit(false);
				return connection;
			}

		};
		claim("a").confirm(Set.of("a"));
		this.clock.advance(Duration.ofMinutes(70));
		JdbcIdempotencyStore same = new JdbcIdempotencyStore(new JdbcTemplate(manual),
				new JdbcTransactionManager(manual), "nats_idempotency", Duration.ofHours(1), this.clock);
		assertThat(same.removeExpired()).isOne();
		assertGranted("a");
	}

	@Test
	void manyKeysAreClaimedAtOnce() {
		String[] keys = IntStream.range(0, 500).mapToObj((number) -> "key" + number).toArray(String[]::new);
		claim(keys).confirm(Set.of("key7", "key8"));
		IdempotencyClaim claim = claim(keys);
		claim.release();
		assertThat(claim.granted()).hasSize(498);
		assertThat(claim.duplicates()).containsExactlyInAnyOrder("key7", "key8");
	}

	@Test
	void refusesWhatIsNoTable() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new JdbcIdempotencyStore(this.jdbc, this.transactions, "marks; DROP TABLE charge",
					Duration.ofHours(1)))
			.withMessageContaining("nats.listener.idempotency.jdbc.table-name");
	}

}

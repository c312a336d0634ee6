package dev.natsboot.idempotency;

import java.util.List;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import dev.natsboot.testsupport.Postgres;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PostgresIdempotencyStoreTests extends JdbcStoreContract {

	@Override
	DataSource dataSource() {
		return Postgres.dataSource();
	}

	@Override
	String schema() {
		return "schema-postgresql.sql";
	}

	@Override
	IdempotencyClaim impatiently(String... keys) {
		jdbc().execute("ALTER ROLE postgres SET lock_timeout = '200ms'");
		try {
			return claim(keys);
		}
		finally {
			jdbc().execute("ALTER ROLE postgres RESET lock_timeout");
		}
	}

	@Test
	void oldKeysAreFoundByAnIndex() {
		jdbc().update("INSERT INTO nats_idempotency SELECT 'other', 'k' || n, NOW() - n * INTERVAL '1 second' "
				+ "FROM generate_series(1, 20000) AS n");
		jdbc().execute("ANALYZE nats_idempotency");
		List<String> plan = jdbc().queryForList(
				"EXPLAIN DELETE FROM nats_idempotency WHERE handled_at < NOW() - INTERVAL '19990 seconds'",
				String.class);
		assertThat(plan.stream().collect(Collectors.joining("\n"))).contains("Index Scan").doesNotContain("Seq Scan");
	}

}

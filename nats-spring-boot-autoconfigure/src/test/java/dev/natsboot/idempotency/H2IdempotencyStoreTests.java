package dev.natsboot.idempotency;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcDataSource;

class H2IdempotencyStoreTests extends JdbcStoreContract {

	@Override
	DataSource dataSource() {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setUrl("jdbc:h2:mem:idempotency;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=500");
		return dataSource;
	}

	@Override
	String schema() {
		return "schema-h2.sql";
	}

	@Override
	IdempotencyClaim impatiently(String... keys) {
		return claim(keys);
	}

}

package dev.natsboot.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;

import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * A real PostgreSQL, started once for all tests. It ends with the JVM.
 */
public final class Postgres {

	private static final EmbeddedPostgres SERVER = start();

	private Postgres() {
	}

	public static DataSource dataSource() {
		return SERVER.getPostgresDatabase();
	}

	public static String url() {
		return SERVER.getJdbcUrl("postgres", "postgres");
	}

	private static EmbeddedPostgres start() {
		try {
			return EmbeddedPostgres.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("PostgreSQL can't be started; as root it needs the command unshare "
					+ "(Debian: apt-get install util-linux)", ex);
		}
	}

}

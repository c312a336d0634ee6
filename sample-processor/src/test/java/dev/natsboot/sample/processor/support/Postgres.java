package dev.natsboot.sample.processor.support;

import java.io.IOException;
import java.io.UncheckedIOException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * A real PostgreSQL, started once for all tests. It ends with the JVM. Nothing waits for
 * ever for it, nor for a transaction that a test has left open.
 */
public final class Postgres {

	private static final String SOCKET_TIMEOUT_SECONDS = "90";

	private static final EmbeddedPostgres SERVER = start();

	private Postgres() {
	}

	public static void register(DynamicPropertyRegistry registry) {
		registry.add("spring.datasource.url",
				() -> SERVER.getJdbcUrl("postgres", "postgres") + "&socketTimeout=" + SOCKET_TIMEOUT_SECONDS);
		registry.add("spring.datasource.username", () -> "postgres");
		registry.add("spring.datasource.password", () -> "postgres");
	}

	private static EmbeddedPostgres start() {
		try {
			return EmbeddedPostgres.builder()
				.setServerConfig("lock_timeout", "30s")
				.setServerConfig("idle_in_transaction_session_timeout", "60s")
				.setConnectConfig("socketTimeout", SOCKET_TIMEOUT_SECONDS)
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("PostgreSQL can't be started; as root it needs the command unshare "
					+ "(Debian: apt-get install util-linux)", ex);
		}
	}

}

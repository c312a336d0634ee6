package dev.natsboot.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

import dev.natsboot.run.DurablePostgres;
import dev.natsboot.run.RunException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * A PostgreSQL that keeps its promises (fsync is on), with the tables of the processors.
 * It can be stopped and started with its port and its data.
 */
final class PostgresServer implements AutoCloseable {

	private static final String USER = "postgres";

	private final Path directory;

	private final int port = FreePorts.next();

	private EmbeddedPostgres server;

	PostgresServer(Path directory) {
		this.directory = directory;
		this.server = launch();
	}

	private EmbeddedPostgres launch() {
		return DurablePostgres.start(this.directory, this.port, Map.of());
	}

	String url() {
		return "jdbc:postgresql://localhost:" + this.port + "/" + USER
				+ "?user=postgres&connectTimeout=2&socketTimeout=5&loginTimeout=2";
	}

	/**
	 * Make empty tables of the charges, which can have an order more than once, and of
	 * the handled messages, with the script that the starter has for it.
	 */
	void createTables() {
		execute("DROP TABLE IF EXISTS charge, nats_idempotency");
		execute("CREATE TABLE charge (number BIGSERIAL PRIMARY KEY, order_id VARCHAR(100) NOT NULL)");
		new ResourceDatabasePopulator(new ClassPathResource("dev/natsboot/idempotency/schema-postgresql.sql"))
			.execute(this.server.getPostgresDatabase());
	}

	/**
	 * Return the charges.
	 * @return how often each order was charged
	 */
	Map<String, Integer> charges() {
		Map<String, Integer> charges = new HashMap<>();
		try (Connection connection = this.server.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT order_id FROM charge")) {
			while (rows.next()) {
				charges.merge(rows.getString(1), 1, Integer::sum);
			}
			return charges;
		}
		catch (SQLException ex) {
			throw new RunException("The charges can't be read", ex);
		}
	}

	private void execute(String sql) {
		try (Connection connection = this.server.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new RunException("The database refuses: " + sql, ex);
		}
	}

	void stop() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void start() {
		this.server = launch();
	}

	@Override
	public void close() {
		stop();
	}

}

package dev.natsboot.casestudy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.natsboot.run.DurablePostgres;
import dev.natsboot.run.RunException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * One PostgreSQL server for all applications, each with a database of its own.
 */
final class PostgresDatabases implements DatabaseServer {

	private static final String USER = "postgres";

	private static final List<String> NAMES = List.of("orders", "processor", "gateway");

	/**
	 * Room for a million orders in memory, and for a quarter of an hour between two
	 * checkpoints, after which each page is logged as a whole when it changes first.
	 */
	private static final Map<String, String> SETTINGS = Map.of("shared_buffers", "1GB", "max_wal_size", "8GB",
			"checkpoint_timeout", "15min");

	private final Path directory;

	private final EmbeddedPostgres server;

	private final String version;

	PostgresDatabases(Path directory) {
		this.directory = directory;
		this.server = DurablePostgres.start(directory, 0, SETTINGS);
		try (Connection connection = connect(USER); Statement statement = connection.createStatement()) {
			this.version = connection.getMetaData().getDatabaseProductVersion();
			for (String name : NAMES) {
				statement.execute("CREATE DATABASE " + name);
			}
		}
		catch (SQLException ex) {
			close();
			throw new RunException("The databases can't be created", ex);
		}
	}

	@Override
	public String title() {
		return "PostgreSQL %s, fsync on".formatted(this.version);
	}

	@Override
	public List<String> arguments(String database) {
		return List.of("--spring.profiles.include=postgres", "--spring.datasource.url=" + url(database),
				"--spring.datasource.username=" + USER, "--spring.datasource.password=" + USER);
	}

	@Override
	public Connection connect(String database) throws SQLException {
		return DriverManager.getConnection(url(database), USER, USER);
	}

	private String url(String database) {
		return "jdbc:postgresql://localhost:%d/%s".formatted(this.server.getPort(), database);
	}

	/**
	 * The server detaches itself, so it is no descendant of this process.
	 */
	@Override
	public Stream<ProcessHandle> processes() {
		try (Stream<String> lines = Files.lines(this.directory.resolve("postmaster.pid"))) {
			long pid = Long.parseLong(lines.findFirst().orElseThrow().strip());
			return ProcessHandle.of(pid).stream().flatMap((main) -> Stream.concat(Stream.of(main), main.descendants()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

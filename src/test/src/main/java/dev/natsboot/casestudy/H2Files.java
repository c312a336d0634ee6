package dev.natsboot.casestudy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * H2 inside each application, which is what the samples do when nothing else is
 * configured. Others join through H2's automatic mixed mode.
 */
final class H2Files implements DatabaseServer {

	private static final String URL = "jdbc:h2:file:%s;MODE=PostgreSQL;AUTO_SERVER=TRUE;IFEXISTS=TRUE";

	private final Path directory;

	H2Files(Path directory) {
		this.directory = directory;
	}

	@Override
	public String title() {
		return "H2 in files, inside the applications, synchronized at every commit";
	}

	@Override
	public List<String> arguments(String database) {
		return List.of("--sample.data-directory=" + this.directory);
	}

	@Override
	public Connection connect(String database) throws SQLException {
		return DriverManager.getConnection(URL.formatted(this.directory.resolve(database)), "sa", "");
	}

	@Override
	public Stream<ProcessHandle> processes() {
		return Stream.empty();
	}

	@Override
	public void close() {
		// the databases end with the applications
	}

}

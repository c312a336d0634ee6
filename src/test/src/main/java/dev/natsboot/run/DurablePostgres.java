package dev.natsboot.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * Starts a PostgreSQL that keeps its promises: what is committed is on the disk. The
 * embedded one's own defaults give that up.
 */
public final class DurablePostgres {

	private DurablePostgres() {
	}

	/**
	 * Start a server.
	 * @param directory where its data is, also of an earlier start
	 * @param port where it listens, 0 for any free port
	 * @param settings further settings of the server
	 * @return the running server
	 * @throws UncheckedIOException if it can't be started
	 */
	public static EmbeddedPostgres start(Path directory, int port, Map<String, String> settings) {
		try {
			EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
				.setDataDirectory(directory)
				.setCleanDataDirectory(false)
				.setRegisterShutdownHook(false)
				.setPort(port)
				.setLocaleConfig("locale", "C")
				.setServerConfig("fsync", "on")
				.setServerConfig("synchronous_commit", "on")
				.setServerConfig("full_page_writes", "on");
			settings.forEach(builder::setServerConfig);
			return builder.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("PostgreSQL can't be started; as root it needs the command unshare "
					+ "(Debian: apt-get install util-linux)", ex);
		}
	}

}

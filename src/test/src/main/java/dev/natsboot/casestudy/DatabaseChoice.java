package dev.natsboot.casestudy;

import dev.natsboot.run.Console;
import dev.natsboot.run.RunException;
import dev.natsboot.run.RunFolder;

/**
 * Which database the samples use.
 */
enum DatabaseChoice {

	/** PostgreSQL if it can be started, else H2. */
	ANY,
	/** PostgreSQL with fsync. */
	POSTGRES,
	/** H2 in files. */
	H2;

	static DatabaseChoice of(String name) {
		return switch (name) {
			case "any" -> ANY;
			case "postgres" -> POSTGRES;
			case "h2" -> H2;
			default -> throw new RunException(
					"--database needs postgres, h2 or any, for example --database postgres, but got '%s'"
						.formatted(name));
		};
	}

	/**
	 * Start the database.
	 * @param folder where its data goes
	 * @return the server
	 */
	DatabaseServer start(RunFolder folder) {
		if (this == H2) {
			return new H2Files(folder.data());
		}
		try {
			return new PostgresDatabases(folder.path().resolve("postgres"));
		}
		catch (RuntimeException ex) {
			if (this == POSTGRES) {
				throw ex;
			}
			Console.say("%s: the samples use H2 instead", String.valueOf(ex.getMessage()));
			return new H2Files(folder.data());
		}
	}

}

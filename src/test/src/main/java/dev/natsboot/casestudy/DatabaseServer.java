package dev.natsboot.casestudy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the samples keep their databases {@code orders}, {@code processor} and
 * {@code gateway}.
 */
interface DatabaseServer extends AutoCloseable {

	/**
	 * What it is, for the report.
	 * @return the name, and what it does before it calls something committed
	 */
	String title();

	/**
	 * Return how an application reaches a database.
	 * @param database its name
	 * @return the options of the application
	 */
	List<String> arguments(String database);

	/**
	 * Look into a database while an application works with it.
	 * @param database its name
	 * @return a connection
	 * @throws SQLException if there is no such database
	 */
	Connection connect(String database) throws SQLException;

	/**
	 * Return the processes that do its work.
	 * @return none if it works inside the applications
	 */
	Stream<ProcessHandle> processes();

	@Override
	void close();

}

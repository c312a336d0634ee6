package dev.natsboot.sample.processor.event;

import java.util.Collection;
import java.util.function.Function;

import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Turns rows into columns: a statement that takes arrays with {@code unnest} writes
 * hundreds of rows at the price of a few.
 */
public final class SqlColumns {

	private SqlColumns() {
	}

	/**
	 * A column of text.
	 * @param <T> type of the rows
	 * @param rows the rows
	 * @param column the value of a row
	 * @return the parameter of a statement
	 */
	public static <T> SqlArrayValue text(Collection<T> rows, Function<T, String> column) {
		return new SqlArrayValue("varchar", rows.stream().map(column).toArray());
	}

	/**
	 * A column of amounts.
	 * @param <T> type of the rows
	 * @param rows the rows
	 * @param column the value of a row
	 * @return the parameter of a statement
	 */
	public static <T> SqlArrayValue numeric(Collection<T> rows, Function<T, ? extends Number> column) {
		return new SqlArrayValue("numeric", rows.stream().map(column).toArray());
	}

}

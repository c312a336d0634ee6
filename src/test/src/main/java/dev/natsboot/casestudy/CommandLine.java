package dev.natsboot.casestudy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.natsboot.run.RunException;
import org.jspecify.annotations.Nullable;

/**
 * Options with the values that were given.
 */
final class CommandLine {

	private final Map<String, String> options;

	private CommandLine(Map<String, String> options) {
		this.options = options;
	}

	/**
	 * Sort arguments.
	 * @param flags the options without a value
	 * @param values the options with one
	 * @param arguments what was given
	 * @return the options
	 * @throws RunException naming the first that is unknown or lacks its value
	 */
	static CommandLine parse(Set<String> flags, Set<String> values, String... arguments) {
		Map<String, String> options = new HashMap<>();
		Iterator<String> remaining = Arrays.asList(arguments).iterator();
		while (remaining.hasNext()) {
			String name = remaining.next();
			if (!flags.contains(name) && !values.contains(name)) {
				throw new RunException("Unknown option " + name + ", see bin/run-case-study --help");
			}
			options.put(name, flags.contains(name) ? "" : value(name, remaining));
		}
		return new CommandLine(options);
	}

	private static String value(String name, Iterator<String> remaining) {
		if (!remaining.hasNext()) {
			throw new RunException(name + " needs a value");
		}
		return remaining.next();
	}

	boolean has(String name) {
		return this.options.containsKey(name);
	}

	Optional<String> value(String name) {
		return Optional.ofNullable(this.options.get(name));
	}

	/**
	 * Return a number.
	 * @param name the option
	 * @param least the least that makes sense
	 * @param otherwise the number when the option wasn't given
	 * @return the number
	 * @throws RunException naming the option and its value if that isn't such a number
	 */
	int number(String name, int least, int otherwise) {
		String value = this.options.get(name);
		if (value == null) {
			return otherwise;
		}
		try {
			int number = Integer.parseInt(value);
			if (number >= least) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			throw notANumber(name, least, value, ex);
		}
		throw notANumber(name, least, value, null);
	}

	private static RunException notANumber(String name, int least, String value, @Nullable Throwable cause) {
		return new RunException(
				"%s needs a number, %d or more, for example %s 500, but got '%s'".formatted(name, least, name, value),
				cause);
	}

}

package dev.natsboot.faults;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.ThreadLocalRandom;

import dev.natsboot.run.RunException;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param minutes how many minutes to inject faults
 * @param seed the seed of the schedule
 * @param report the file for the report as JSON, {@code null} for none
 * @param markdown the page whose table is replaced by the one of this run, {@code null}
 * for none
 */
record FaultOptions(int minutes, long seed, @Nullable Path report, @Nullable Path markdown) {

	private static final int DEFAULT_MINUTES = 3;

	private static final int MOST_SEEDS = 1_000_000;

	static FaultOptions parse(String... arguments) {
		FaultOptions options = new FaultOptions(DEFAULT_MINUTES, ThreadLocalRandom.current().nextLong(MOST_SEEDS), null,
				null);
		Iterator<String> remaining = Arrays.asList(arguments).iterator();
		while (remaining.hasNext()) {
			options = options.with(remaining.next(), remaining);
		}
		return options;
	}

	private FaultOptions with(String name, Iterator<String> values) {
		if (!values.hasNext()) {
			throw new RunException(name + " needs a value");
		}
		String value = values.next();
		return switch (name) {
			case "--minutes" ->
				new FaultOptions((int) number(name, value, 1, 1440), this.seed, this.report, this.markdown);
			case "--seed" -> new FaultOptions(this.minutes, number(name, value, Long.MIN_VALUE, Long.MAX_VALUE),
					this.report, this.markdown);
			case "--report" -> new FaultOptions(this.minutes, this.seed, Path.of(value), this.markdown);
			case "--markdown" -> new FaultOptions(this.minutes, this.seed, this.report, Path.of(value));
			default -> throw new RunException("Unknown option " + name + ", see bin/run-faults --help");
		};
	}

	private static long number(String name, String value, long least, long most) {
		try {
			long number = Long.parseLong(value);
			if (number >= least && number <= most) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			throw new RunException("%s needs a number, for example %s 5, but got '%s'".formatted(name, name, value),
					ex);
		}
		throw new RunException("%s needs a number from %d to %d, for example %s 5, but got '%s'".formatted(name, least,
				most, name, value));
	}

}

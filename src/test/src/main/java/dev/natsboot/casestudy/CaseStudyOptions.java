package dev.natsboot.casestudy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;

import dev.natsboot.run.RunException;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param orders how many orders to send
 * @param rate how many of them per second
 * @param outage how long the payment gateway is out of order meanwhile, {@code null} for
 * not at all
 * @param exit whether to stop everything at the end instead of waiting for Ctrl-C
 * @param report the file for the figures as JSON, {@code null} for none
 * @param ports the ports to use
 */
record CaseStudyOptions(int orders, int rate, @Nullable Duration outage, boolean exit, @Nullable Path report,
		Ports ports) {

	private static final int DEFAULT_ORDERS = 10_000;

	private static final int DEFAULT_RATE = 1000;

	static CaseStudyOptions parse(String... arguments) {
		CaseStudyOptions options = new CaseStudyOptions(DEFAULT_ORDERS, DEFAULT_RATE, null, false, null,
				Ports.DEFAULTS);
		Iterator<String> remaining = Arrays.asList(arguments).iterator();
		while (remaining.hasNext()) {
			options = options.with(remaining.next(), remaining);
		}
		return options;
	}

	private CaseStudyOptions with(String name, Iterator<String> values) {
		return switch (name) {
			case "--orders" ->
				new CaseStudyOptions(number(name, values), this.rate, this.outage, this.exit, this.report, this.ports);
			case "--rate" -> new CaseStudyOptions(this.orders, number(name, values), this.outage, this.exit,
					this.report, this.ports);
			case "--outage" -> new CaseStudyOptions(this.orders, this.rate, Duration.ofSeconds(number(name, values)),
					this.exit, this.report, this.ports);
			case "--exit" -> new CaseStudyOptions(this.orders, this.rate, this.outage, true, this.report, this.ports);
			case "--report" -> new CaseStudyOptions(this.orders, this.rate, this.outage, this.exit,
					Path.of(value(name, values)), this.ports);
			default -> new CaseStudyOptions(this.orders, this.rate, this.outage, this.exit, this.report,
					this.ports.with(name, () -> number(name, values)));
		};
	}

	private static int number(String name, Iterator<String> values) {
		String value = value(name, values);
		try {
			int number = Integer.parseInt(value);
			if (number > 0) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			throw new RunException(
					"%s needs a number above 0, for example %s 500, but got '%s'".formatted(name, name, value), ex);
		}
		throw new RunException(
				"%s needs a number above 0, for example %s 500, but got '%s'".formatted(name, name, value));
	}

	private static String value(String name, Iterator<String> values) {
		if (!values.hasNext()) {
			throw new RunException(name + " needs a value");
		}
		return values.next();
	}

}

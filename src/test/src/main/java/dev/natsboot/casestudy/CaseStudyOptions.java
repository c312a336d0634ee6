package dev.natsboot.casestudy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import dev.natsboot.run.RunException;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param orders how many orders to send
 * @param rate how many of them per second
 * @param warmUp for how long orders are sent before those that are measured: a high rate
 * needs a longer one, as less of the processors is left for the compilers
 * @param variant how much of the system runs
 * @param findHighest whether to raise the rate until it doesn't hold
 * @param database which database to use
 * @param outage how long the payment gateway is out of order meanwhile, {@code null} for
 * not at all
 * @param exit whether to stop everything at the end instead of waiting for Ctrl-C
 * @param report the file for the figures as JSON, {@code null} for none
 * @param markdown the page for the figures, {@code null} for none
 * @param profile the folder for flight recordings, {@code null} for none
 * @param ports the ports to use
 */
record CaseStudyOptions(int orders, int rate, Duration warmUp, Variant variant, boolean findHighest,
		DatabaseChoice database, @Nullable Duration outage, boolean exit, @Nullable Path report,
		@Nullable Path markdown, @Nullable Path profile, Ports ports) {

	private static final int HIGH_RATE = 5_000;

	private static final Set<String> FLAGS = Set.of("--find-highest", "--exit", Variant.PAYMENTS_ONLY.option(),
			Variant.SYNCHRONOUS.option());

	private static final Set<String> VALUES = Set.of("--orders", "--rate", "--warm-up", "--database", "--outage",
			"--report", "--markdown", "--profile", "--order-port", "--processor-port", "--payment-port",
			"--gateway-port", "--nats-port");

	static CaseStudyOptions parse(String... arguments) {
		CommandLine line = CommandLine.parse(FLAGS, VALUES, arguments);
		int rate = line.number("--rate", 1, 1000);
		return new CaseStudyOptions(line.number("--orders", 1, 10_000), rate,
				Duration.ofSeconds(line.number("--warm-up", 0, (rate < HIGH_RATE) ? 60 : 120)), Variant.of(line),
				line.has("--find-highest"), DatabaseChoice.of(line.value("--database").orElse("any")), outage(line),
				line.has("--exit"), path(line.value("--report")), path(line.value("--markdown")),
				path(line.value("--profile")), Ports.of(line));
	}

	private static @Nullable Duration outage(CommandLine line) {
		if (line.value("--outage").isEmpty()) {
			return null;
		}
		if (line.has(Variant.SYNCHRONOUS.option())) {
			throw new RunException("--synchronous and --outage exclude each other: without a stream "
					+ "no order waits for the gateway's return, so that there is no recovery to measure");
		}
		return Duration.ofSeconds(line.number("--outage", 1, 0));
	}

	private static @Nullable Path path(Optional<String> value) {
		return value.map(Path::of).orElse(null);
	}

}

package dev.natsboot.benchmark;

import java.util.List;

import dev.natsboot.benchmark.program.ProgramSettings;

/**
 * What it costs to observe messages: an application on the starter against the same
 * without.
 */
final class Watched {

	private static final Goal GOAL = Goal.atLeast(0.85);

	static final String OBSERVED = "--nats.observation.enabled=true";

	/** Without the exclusion of what traces. */
	private static final String TRACED = "--spring.autoconfigure.exclude=org.springframework.boot.jdbc.autoconfigure."
			+ "DataSourceAutoConfiguration";

	/** What the application checks in the end. */
	private static final String EXPECTED = "--benchmark.traced=true";

	private static final String SAMPLED = "--management.tracing.sampling.probability=";

	private Watched() {
	}

	static List<Comparison> of(String benchmark, String title, ProgramSettings settings) {
		return List.of(compare(benchmark, title + ", with observation against without", settings, OBSERVED),
				compare(benchmark, title + ", with tracing against without, one span in ten sampled", settings,
						OBSERVED, TRACED, EXPECTED, SAMPLED + "0.1"),
				compare(benchmark, title + ", with tracing against without, every span sampled", settings, OBSERVED,
						TRACED, EXPECTED, SAMPLED + "1"));
	}

	private static Comparison compare(String benchmark, String title, ProgramSettings settings, String... properties) {
		return new Comparison(benchmark, title, Side.starter(settings, properties), Side.starter(settings),
				Measure.RATE, GOAL);
	}

}

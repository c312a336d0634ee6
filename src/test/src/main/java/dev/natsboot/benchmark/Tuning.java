package dev.natsboot.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import dev.natsboot.benchmark.program.ProgramSettings;
import dev.natsboot.benchmark.program.RawProgram;
import dev.natsboot.benchmark.program.Role;
import dev.natsboot.benchmark.program.Sample;
import dev.natsboot.run.Console;
import io.nats.client.JetStreamApiException;

/**
 * Lets a program on jnats read a stream in the way that is the fastest for its messages
 * and its number of handlers.
 */
final class Tuning {

	private static final List<Way> WAYS = List.of(new Way(Role.JS_CONSUME, "consume", 500),
			new Way(Role.JS_CONSUME, "consume", 1_000), new Way(Role.JS_CONSUME, "consume", 5_000),
			new Way(Role.JS_ITERATE, "iterate", 1_000), new Way(Role.JS_ITERATE, "iterate", 5_000),
			new Way(Role.JS_FETCH, "fetch", 500), new Way(Role.JS_FETCH, "fetch", 5_000),
			new Way(Role.JS_PULL, "pull", 1_000), new Way(Role.JS_PULL, "pull", 5_000));

	private static final int FINALISTS = 2;

	private static final int FURTHER_RUNS = 2;

	private final Trial trial;

	private final Map<String, Way> fastest = new HashMap<>();

	Tuning(Trial trial) {
		this.trial = trial;
	}

	/**
	 * Return the comparison with the fastest way, which its title names.
	 */
	Comparison tune(Comparison comparison) throws IOException, JetStreamApiException, InterruptedException {
		Side side = comparison.right();
		ProgramSettings settings = side.settings();
		if (side.program() != RawProgram.class || settings.role() != Role.JS_CONSUME) {
			return comparison;
		}
		String kind = settings.stream() + "/" + settings.threads();
		Way way = this.fastest.get(kind);
		if (way == null) {
			way = fastest(side);
			this.fastest.put(kind, way);
			Console.detail("jnats is fastest with %s".formatted(way));
		}
		return comparison.against(way.of(side), way.toString());
	}

	/**
	 * Single runs differ: those that were the fastest in one run each run again.
	 */
	private Way fastest(Side side) throws IOException, JetStreamApiException, InterruptedException {
		Map<Way, List<Sample>> samples = new LinkedHashMap<>();
		for (Way way : WAYS) {
			run(way, side, samples);
		}
		List<Way> finalists = fastestFirst(WAYS, samples).subList(0, FINALISTS);
		for (int run = 0; run < FURTHER_RUNS; run++) {
			for (Way way : finalists) {
				run(way, side, samples);
			}
		}
		return fastestFirst(finalists, samples).get(0);
	}

	private void run(Way way, Side side, Map<Way, List<Sample>> samples)
			throws IOException, JetStreamApiException, InterruptedException {
		samples.computeIfAbsent(way, (key) -> new ArrayList<>()).add(this.trial.run(way.of(side)));
	}

	private static List<Way> fastestFirst(List<Way> ways, Map<Way, List<Sample>> samples) {
		ToDoubleFunction<Way> rate = (way) -> Figures.of(samples.getOrDefault(way, List.of()), Sample::rate).median();
		return ways.stream().sorted(Comparator.comparingDouble(rate).reversed()).toList();
	}

	/**
	 * A way to read a stream.
	 *
	 * @param role what the program does
	 * @param name how jnats calls it
	 * @param batch how many messages it asks for at a time
	 */
	private record Way(Role role, String name, int batch) {

		Side of(Side side) {
			return side.with(side.settings().with(this.role).batch(this.batch));
		}

		@Override
		public String toString() {
			return String.format(Locale.ROOT, "%s (%,d)", this.name, this.batch);
		}

	}

	/**
	 * Runs a program.
	 */
	@FunctionalInterface
	interface Trial {

		/**
		 * Run a program, and what it needs around it.
		 */
		Sample run(Side side) throws IOException, JetStreamApiException, InterruptedException;

	}

}

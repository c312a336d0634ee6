package dev.natsboot.benchmark;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.natsboot.benchmark.allocation.Site;
import dev.natsboot.benchmark.program.Sample;
import dev.natsboot.run.RunException;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What the starter allocates for a message more than jnats does, as microbenchmarks
 * measure it.
 */
final class Allocations {

	static final String NAME = "allocation";

	private static final String FIGURE = "gc.alloc.rate.norm";

	/** With less a request handler with a record is still being compiled. */
	private static final int WARM_UP_SECONDS = 3;

	/** How many iterations make a median. */
	private static final int FEWEST = 3;

	private static final Goal GOAL = Goal.atMostMore(150, 1);

	private static final Map<String, String> TITLES = titles();

	private final String url;

	private final boolean quick;

	/**
	 * Create them.
	 * @param url the server
	 * @param quick whether shorter runs are enough
	 */
	Allocations(String url, boolean quick) {
		this.url = url;
		this.quick = quick;
	}

	private static Map<String, String> titles() {
		Map<String, String> titles = new LinkedHashMap<>();
		titles.put("handleBytes", "listener with acknowledgement, byte[] of 128 B, against consume");
		titles.put("handleRecord", "listener with acknowledgement, record of 128 B, against consume and Jackson");
		titles.put("publishBytes", "publish, byte[] of 128 B");
		titles.put("publishRecord", "publish, record of 128 B, against jnats and Jackson");
		titles.put("storeBytesWithId", "publishAsync to a stream, byte[] of 128 B, with a message id on both sides");
		titles.put("storeBytes", "publishAsync to a stream, byte[] of 128 B, without message ids on both sides");
		titles.put("storeRecordWithId",
				"publishAsync to a stream, record of 128 B, against jnats and Jackson, with a message id on both sides");
		titles.put("storeRecord",
				"publishAsync to a stream, record of 128 B, against jnats and Jackson, without message ids on both sides");
		titles.put("requestBytes", "request and its reply, byte[] of 128 B");
		titles.put("requestRecord", "request and its reply, record of 128 B, against jnats and Jackson");
		titles.put("answerBytes", "request handler with its reply, byte[] of 128 B, against a dispatcher");
		titles.put("answerRecord",
				"request handler with its reply, record of 128 B, against a dispatcher and Jackson with the same header");
		return titles;
	}

	List<Result> run() {
		Map<String, List<Sample>> samples = measure();
		List<Result> results = new ArrayList<>();
		TITLES.forEach((name, title) -> results.add(Result.of(NAME, title, Measure.BYTES, GOAL,
				of(samples, name + "Starter"), of(samples, name + "Jnats"))));
		return results;
	}

	private static List<Sample> of(Map<String, List<Sample>> samples, String name) {
		List<Sample> found = samples.get(name);
		if (found == null) {
			throw new RunException("There is no microbenchmark " + name);
		}
		return found;
	}

	private Map<String, List<Sample>> measure() {
		TimeValue second = TimeValue.seconds(1);
		try {
			return new Runner(new OptionsBuilder().include(Site.class.getPackageName())
				.addProfiler(GCProfiler.class)
				.jvmArgs("-Xmx512m", "-Dlogging.level.root=error", "-Dbenchmark.url=" + this.url)
				.forks(1)
				.warmupIterations(this.quick ? 3 : 5)
				.warmupTime(TimeValue.seconds(WARM_UP_SECONDS))
				.measurementIterations(this.quick ? 3 : 5)
				.measurementTime(second)
				.verbosity(VerboseMode.SILENT)
				.shouldFailOnError(true)
				.build()).run().stream().collect(Collectors.toMap(Allocations::name, Allocations::samples));
		}
		catch (RunnerException ex) {
			throw new RunException("The microbenchmarks have failed: " + ex);
		}
	}

	private static String name(RunResult result) {
		String benchmark = result.getParams().getBenchmark();
		return benchmark.substring(benchmark.lastIndexOf('.') + 1);
	}

	/**
	 * The profiler has no figure for an iteration now and then.
	 */
	private static List<Sample> samples(RunResult result) {
		List<Sample> samples = result.getBenchmarkResults()
			.stream()
			.flatMap((fork) -> fork.getIterationResults().stream())
			.map((iteration) -> iteration.getSecondaryResults().get(FIGURE))
			.filter(Objects::nonNull)
			.map((figure) -> Sample.ofBytes(figure.getScore()))
			.toList();
		if (samples.size() < FEWEST) {
			throw new RunException("The profiler has " + FIGURE + " for " + samples.size() + " iterations of "
					+ name(result) + ", which is less than " + FEWEST);
		}
		return samples;
	}

}

package dev.natsboot.benchmark;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

import dev.natsboot.run.RunException;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param quick whether fewer and shorter runs are enough
 * @param only the one benchmark to run, {@code null} for all
 * @param line what the title of a line must contain to be run, {@code null} for all
 * @param report the file for the report as JSON, {@code null} for none
 * @param markdown the page whose tables are replaced, {@code null} for none
 * @param quote the page that quotes the ratios of that page, {@code null} for none
 * @param profile the folder for a flight recording of each process, {@code null} for none
 */
record BenchmarkOptions(boolean quick, @Nullable String only, @Nullable String line, @Nullable Path report,
		@Nullable Path markdown, @Nullable Path quote, @Nullable Path profile) {

	static BenchmarkOptions parse(String... arguments) {
		BenchmarkOptions options = new BenchmarkOptions(false, null, null, null, null, null, null);
		Iterator<String> remaining = Arrays.asList(arguments).iterator();
		while (remaining.hasNext()) {
			options = options.with(remaining.next(), remaining);
		}
		if (options.line != null && options.markdown != null) {
			throw new RunException("--markdown replaces whole tables: leave out --line");
		}
		if (options.quote != null && options.markdown == null) {
			throw new RunException("--quote needs the page that it quotes, for example --markdown docs/benchmarks.md");
		}
		if (options.line != null) {
			options.requireLine(options.line);
		}
		return options;
	}

	private void requireLine(String text) {
		List<String> titles = Comparisons.NAMES.stream()
			.filter(this::includes)
			.flatMap((benchmark) -> Comparisons.titles(benchmark).stream())
			.toList();
		if (titles.isEmpty()) {
			throw new RunException("--only %s has no single lines: leave out --line".formatted(this.only));
		}
		if (titles.stream().noneMatch((title) -> title.contains(text))) {
			throw new RunException("--line needs a part of a title, but got '%s'. The titles are:\n  %s".formatted(text,
					String.join("\n  ", titles)));
		}
	}

	private BenchmarkOptions with(String name, Iterator<String> values) {
		if (name.equals("--quick")) {
			return new BenchmarkOptions(true, this.only, this.line, this.report, this.markdown, this.quote,
					this.profile);
		}
		if (!values.hasNext()) {
			throw new RunException(name + " needs a value");
		}
		String value = values.next();
		return switch (name) {
			case "--only" -> new BenchmarkOptions(this.quick, benchmark(value), this.line, this.report, this.markdown,
					this.quote, this.profile);
			case "--line" -> new BenchmarkOptions(this.quick, this.only, value, this.report, this.markdown, this.quote,
					this.profile);
			case "--report" -> new BenchmarkOptions(this.quick, this.only, this.line, Path.of(value), this.markdown,
					this.quote, this.profile);
			case "--markdown" -> new BenchmarkOptions(this.quick, this.only, this.line, this.report, Path.of(value),
					this.quote, this.profile);
			case "--quote" -> new BenchmarkOptions(this.quick, this.only, this.line, this.report, this.markdown,
					Path.of(value), this.profile);
			case "--profile" -> new BenchmarkOptions(this.quick, this.only, this.line, this.report, this.markdown,
					this.quote, Path.of(value));
			default -> throw new RunException("Unknown option " + name + ", see bin/run-benchmarks --help");
		};
	}

	private static String benchmark(String name) {
		if (!Comparisons.NAMES.contains(name)) {
			throw new RunException("--only needs one of %s, for example --only js-consume, but got '%s'"
				.formatted(String.join(", ", Comparisons.NAMES), name));
		}
		return name;
	}

	boolean includes(String benchmark) {
		boolean hasLines = this.line == null || !benchmark.equals(Allocations.NAME);
		return hasLines && (this.only == null || this.only.equals(benchmark));
	}

	boolean includes(Comparison comparison) {
		return this.line == null || comparison.title().contains(this.line);
	}

	/**
	 * What a table says about the runs that it is made from.
	 */
	String runs(String benchmark) {
		return pairs(benchmark) + (benchmark.equals(Allocations.NAME) ? " iterations on each side" : " pairs");
	}

	/**
	 * How many pairs of runs are made for each comparison. One on jnats's side of the
	 * recovery can take longer than all others together. Starts are short, and differ
	 * from one another by more than what is looked for.
	 */
	int pairs(String benchmark) {
		return switch (benchmark) {
			case "recovery" -> this.quick ? 1 : 5;
			case "start-up" -> this.quick ? 5 : 15;
			default -> this.quick ? 3 : 5;
		};
	}

}

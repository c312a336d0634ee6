package dev.natsboot.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.natsboot.benchmark.program.ProgramSettings;
import dev.natsboot.benchmark.program.Role;

/**
 * Everything that is compared.
 */
final class Comparisons {

	static final List<String> NAMES = List.of("js-consume", "core-consume", "core-publish", "js-publish-async",
			"request-reply", "js-publish-sync", "js-batch", "recovery", "start-up", "footprint", Allocations.NAME);

	private static final int[] SIZES = { 128, 1024 };

	private static final int IN_FLIGHT = 64;

	private static final int BATCH = 500;

	private static final int CALLERS = 32;

	private static final Amount CONSUMED = new Amount(800_000, 400_000);

	private static final Amount STORED = new Amount(1_000_000, 400_000);

	private final String url;

	private final Path result;

	private final boolean quick;

	/**
	 * Create the comparisons.
	 * @param url the server
	 * @param result where processes leave their figures
	 * @param quick whether to measure fewer messages
	 */
	Comparisons(String url, Path result, boolean quick) {
		this.url = url;
		this.result = result;
		this.quick = quick;
	}

	/**
	 * The titles of a benchmark's lines.
	 */
	static List<String> titles(String benchmark) {
		return new Comparisons("", Path.of(""), false).of(benchmark).stream().map(Comparison::title).toList();
	}

	List<Comparison> of(String benchmark) {
		List<Comparison> comparisons = new ArrayList<>();
		switch (benchmark) {
			case "js-consume" -> consume(comparisons);
			case "core-consume" -> simple(comparisons, benchmark, Role.CORE_CONSUME, new Amount(12_000_000, 2_000_000));
			case "core-publish" -> publish(comparisons);
			case "js-publish-async" -> publishAsync(comparisons);
			case "request-reply" -> request(comparisons);
			case "js-publish-sync" -> publishSync(comparisons);
			case "js-batch" -> batch(comparisons);
			case "recovery" -> recovery(comparisons);
			case "start-up" -> new IdleComparisons(this::idle).startUp(comparisons);
			default -> new IdleComparisons(this::idle).footprint(comparisons);
		}
		return comparisons;
	}

	private void consume(List<Comparison> comparisons) {
		for (int size : SIZES) {
			for (boolean json : new boolean[] { false, true }) {
				for (int threads = 1; threads <= 2; threads++) {
					ProgramSettings settings = settings(Role.JS_CONSUME, json, size, threads, 0, CONSUMED);
					comparisons.add(new Comparison("js-consume", title(json, size) + ", concurrency " + threads,
							Side.starter(settings), Side.jnats(settings), Measure.RATE, Goal.atLeast(0.98)));
				}
			}
		}
		comparisons
			.addAll(Watched.of("js-consume", title(false, 128), settings(Role.JS_CONSUME, false, 128, 1, 0, CONSUMED)));
	}

	private void simple(List<Comparison> comparisons, String benchmark, Role role, Amount messages) {
		for (int size : SIZES) {
			for (boolean json : new boolean[] { false, true }) {
				ProgramSettings settings = settings(role, json, size, 1, 0, messages);
				comparisons.add(new Comparison(benchmark, title(json, size), Side.starter(settings),
						Side.jnats(settings), Measure.RATE, Goal.atLeast(0.95)));
			}
		}
		comparisons.addAll(Watched.of(benchmark, title(false, 128), settings(role, false, 128, 1, 0, messages)));
	}

	private void publish(List<Comparison> comparisons) {
		Amount messages = new Amount(8_000_000, 4_000_000);
		simple(comparisons, "core-publish", Role.CORE_PUBLISH, messages);
		for (int size : SIZES) {
			ProgramSettings settings = settings(Role.CORE_PUBLISH, true, size, 1, 0, messages);
			comparisons.add(new Comparison("core-publish",
					title(true, size) + ", against the same with a content type, which ours have",
					Side.starter(settings), Side.jnats(tuned(settings, true)), Measure.RATE, Goal.atLeast(0.95)));
		}
	}

	private void publishAsync(List<Comparison> comparisons) {
		for (int size : SIZES) {
			ProgramSettings settings = settings(Role.JS_PUBLISH_ASYNC, false, size, 1, 0, STORED);
			Side starter = Side.starter(settings);
			comparisons.add(new Comparison("js-publish-async", title(false, size) + ", against jnats's defaults",
					starter, Side.jnats(settings), Measure.RATE, Goal.atLeast((size == 128) ? 2.5 : 0.95)));
			comparisons.add(new Comparison("js-publish-async", title(false, size) + ", against the best flush setting",
					starter, Side.jnats(tuned(settings, false)), Measure.RATE, Goal.atLeast(0.95)));
			comparisons.add(new Comparison("js-publish-async",
					title(false, size) + ", without message ids, against the best flush setting",
					Side.starter(settings, "--nats.template.generate-message-ids=false"),
					Side.jnats(tuned(settings, false)), Measure.RATE, Goal.atLeast(0.95)));
			comparisons.add(new Comparison("js-publish-async",
					title(false, size) + ", against the same with a message id, which ours have", starter,
					Side.jnats(tuned(settings, true)), Measure.RATE, Goal.atLeast(0.95)));
		}
		comparisons.addAll(Watched.of("js-publish-async", title(false, 128),
				settings(Role.JS_PUBLISH_ASYNC, false, 128, 1, 0, STORED)));
	}

	private void request(List<Comparison> comparisons) {
		for (int size : SIZES) {
			ProgramSettings one = one(size);
			comparisons.add(new Comparison("request-reply", title(false, size) + ", 1 caller, against jnats's defaults",
					Side.starter(one), Side.jnats(one), Measure.RATE, Goal.atLeast(0.95))
				.and(Measure.P99, Goal.atMost(1.1)));
			ProgramSettings many = many(size);
			comparisons
				.add(new Comparison("request-reply", title(false, size) + ", 64 in flight, against jnats's defaults",
						Side.starter(many), Side.jnats(many), Measure.RATE, Goal.atLeast(1.3)));
		}
		comparisons.add(tunedRequest(title(false, 128) + ", 1 caller", one(128)));
		comparisons.add(tunedRequest(title(false, 128) + ", 64 in flight", many(128)));
		comparisons.addAll(Watched.of("request-reply", title(false, 128) + ", 1 caller", one(128)));
		comparisons.addAll(Watched.of("request-reply", title(false, 128) + ", 64 in flight", many(128)));
	}

	private static Comparison tunedRequest(String title, ProgramSettings settings) {
		return new Comparison("request-reply", title + ", against the best flush setting", Side.starter(settings),
				Side.jnats(tuned(settings, false)), Measure.RATE, Goal.atLeast(0.95));
	}

	private ProgramSettings one(int size) {
		return settings(Role.REQUEST, false, size, 1, 0, new Amount(25_000, 20_000));
	}

	private ProgramSettings many(int size) {
		return settings(Role.REQUEST_ASYNC, false, size, 1, IN_FLIGHT, new Amount(400_000, 200_000));
	}

	private void publishSync(List<Comparison> comparisons) {
		for (int size : SIZES) {
			publishSync(comparisons, publishing(size, 1), Goal.atLeast(0.95));
			publishSync(comparisons, publishing(size, CALLERS), Goal.atLeast(2));
		}
		withoutIds(comparisons, publishing(128, 1));
		ProgramSettings many = publishing(128, CALLERS);
		comparisons.add(new Comparison("js-publish-sync", callers(many) + ", against the best flush setting",
				Side.starter(many), Side.jnats(tuned(many, false)), Measure.RATE, Goal.atLeast(0.95)));
		withoutIds(comparisons, many);
		comparisons.addAll(Watched.of("js-publish-sync", callers(many), many));
	}

	private ProgramSettings publishing(int size, int callers) {
		Amount messages = (callers == 1) ? new Amount(50_000, 40_000) : new Amount(400_000, 200_000);
		return settings(Role.JS_PUBLISH_SYNC, false, size, callers, 0, messages);
	}

	private static void publishSync(List<Comparison> comparisons, ProgramSettings settings, Goal goal) {
		comparisons.add(new Comparison("js-publish-sync", callers(settings) + ", against jnats's defaults",
				Side.starter(settings), Side.jnats(settings), Measure.RATE, goal));
	}

	private static void withoutIds(List<Comparison> comparisons, ProgramSettings settings) {
		comparisons.add(new Comparison("js-publish-sync",
				callers(settings) + ", without message ids, against the best flush setting",
				Side.starter(settings, "--nats.template.generate-message-ids=false"),
				Side.jnats(tuned(settings, false)), Measure.RATE, Goal.atLeast(0.95)));
	}

	private static String callers(ProgramSettings settings) {
		return title(false, settings.size()) + ", " + settings.threads()
				+ ((settings.threads() == 1) ? " thread" : " threads");
	}

	/**
	 * Batches aren't observed, so there is no line that says what it costs.
	 */
	private void batch(List<Comparison> comparisons) {
		for (int size : SIZES) {
			ProgramSettings settings = settings(Role.JS_BATCH, false, size, 1, BATCH, CONSUMED);
			String title = title(false, size) + ", 500 at a time, ";
			comparisons.add(new Comparison("js-batch", title + "against fetch", Side.starter(settings),
					Side.jnats(settings), Measure.RATE, Goal.atLeast(1.2)));
			comparisons.add(new Comparison("js-batch",
					title + "one acknowledgement for a batch, against fetch with one for each message",
					Side.starter(settings, "--benchmark.ack-mode=all"), Side.jnats(settings), Measure.RATE,
					Goal.atLeast(1.6)));
		}
	}

	private void recovery(List<Comparison> comparisons) {
		ProgramSettings settings = settings(Role.RECOVER, false, 128, 1, 0, Amount.NONE);
		comparisons.add(new Comparison("recovery",
				"server killed (-9) and started after 3 s, against consume with jnats's defaults",
				Side.starter(settings), Side.jnats(settings), Measure.RECOVERY, Goal.atMostIs(500)));
	}

	private ProgramSettings idle(Role role, int listeners) {
		return settings(role, false, 128, listeners, 0, Amount.NONE);
	}

	private static String title(boolean json, int size) {
		return (json ? "record" : "byte[]") + " of " + ((size == 1024) ? "1 KiB" : size + " B");
	}

	private static ProgramSettings tuned(ProgramSettings settings, boolean headers) {
		return new ProgramSettings(settings.url(), settings.role(), settings.json(), settings.size(),
				settings.threads(), settings.batch(), settings.warmUp(), settings.messages(), true, headers,
				settings.consumer(), settings.result(), settings.parent());
	}

	private ProgramSettings settings(Role role, boolean json, int size, int threads, int batch, Amount messages) {
		int measured = this.quick ? messages.measured / 2 : messages.measured;
		return new ProgramSettings(this.url, role, json, size, threads, batch, messages.warmUp, measured, false, false,
				"-", this.result, ProcessHandle.current().pid());
	}

	/**
	 * How many messages a run has.
	 *
	 * @param warmUp how many before the first one that counts: for some seconds the JVM
	 * is busy compiling, and an application has more to compile than a small program
	 * @param measured how many count
	 */
	private record Amount(int warmUp, int measured) {

		private static final Amount NONE = new Amount(0, 0);

	}

}

package dev.natsboot.benchmark;

import java.util.List;

import dev.natsboot.benchmark.program.ProgramSettings;
import dev.natsboot.benchmark.program.Role;

/**
 * What is compared of programs that start, and have nothing to do then.
 */
final class IdleComparisons {

	private static final String START_UP = "start-up";

	private static final String FOOTPRINT = "footprint";

	private static final int MANY = 100;

	/** The best of jnats's where nothing is to be read. */
	private static final int BATCH = 500;

	private final Programs programs;

	IdleComparisons(Programs programs) {
		this.programs = programs;
	}

	void startUp(List<Comparison> comparisons) {
		Side one = starter(Role.START, 1);
		comparisons.add(new Comparison(START_UP, "1 listener, against no starter", one, starter(Role.START_PLAIN, 0),
				Measure.START, Goal.atMostMore(250, 1)));
		comparisons.add(new Comparison(START_UP, "1 listener, against no starter and a subscription of jnats", one,
				starter(Role.START_JNATS, 1), Measure.START, Goal.atMostMore(250, 1)));
		comparisons.add(new Comparison(START_UP, "100 listeners, against 1, per listener", starter(Role.START, MANY),
				one, Measure.START, Goal.atMostMore(5, MANY - 1)));
		comparisons.add(new Comparison(START_UP, "1 listener, with observation against without",
				Side.starter(one.settings(), Watched.OBSERVED), one, Measure.START, Goal.atMost(1.15)));
	}

	void footprint(List<Comparison> comparisons) {
		Side many = starter(Role.START, MANY);
		comparisons.add(further("100 idle listeners, against 1, for each further one", many, starter(Role.START, 1)));
		comparisons.add(further("jnats on both sides: 100 dispatchers, against 1, for each further one",
				jnats(Role.START, MANY), jnats(Role.START, 1)));
		comparisons.add(threads("100 idle listeners, against 100 dispatchers of jnats, for each", many,
				jnats(Role.START, MANY)));
		comparisons.add(threads("100 idle listeners of a stream, against 100 times consume of jnats, for each",
				starter(Role.START_STREAM, MANY), jnats(Role.START_STREAM, MANY)));
	}

	private static Comparison further(String title, Side many, Side one) {
		return new Comparison(FOOTPRINT, title, many, one, Measure.THREADS, Goal.atMostMore(1, MANY - 1))
			.and(Measure.HEAP, Goal.atMostMore(64, MANY - 1));
	}

	/**
	 * Some threads an application has once.
	 */
	private static Comparison threads(String title, Side starter, Side jnats) {
		return new Comparison(FOOTPRINT, title, starter, jnats, Measure.THREADS, Goal.atMostMore(0.1, MANY));
	}

	private Side starter(Role role, int listeners) {
		return Side.starter(this.programs.settings(role, listeners));
	}

	private Side jnats(Role role, int listeners) {
		return Side.jnats(this.programs.settings(role, listeners).batch(BATCH));
	}

	/**
	 * Says what a program does.
	 */
	@FunctionalInterface
	interface Programs {

		ProgramSettings settings(Role role, int listeners);

	}

}

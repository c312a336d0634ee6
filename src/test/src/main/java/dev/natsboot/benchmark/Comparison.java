package dev.natsboot.benchmark;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Two programs that do the same work, and what is wanted of the first.
 *
 * @param benchmark the benchmark that it belongs to
 * @param title what is compared
 * @param left the one that is judged
 * @param right what it is compared with
 * @param goals what is wanted, by figure
 */
record Comparison(String benchmark, String title, Side left, Side right, Map<Measure, Goal> goals) {

	Comparison(String benchmark, String title, Side left, Side right, Measure measure, Goal goal) {
		this(benchmark, title, left, right, Map.of(measure, goal));
	}

	/**
	 * The same, compared with something more definite.
	 * @param other the other side
	 * @param name its name for the title
	 */
	Comparison against(Side other, String name) {
		return new Comparison(this.benchmark, this.title + ", against " + name, this.left, other, this.goals);
	}

	Comparison and(Measure measure, Goal goal) {
		Map<Measure, Goal> extended = new LinkedHashMap<>(this.goals);
		extended.put(measure, goal);
		return new Comparison(this.benchmark, this.title, this.left, this.right, extended);
	}

}

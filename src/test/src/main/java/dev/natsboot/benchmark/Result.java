package dev.natsboot.benchmark;

import java.util.List;

import dev.natsboot.benchmark.program.Sample;

/**
 * What came out for one figure of a comparison.
 *
 * @param benchmark the benchmark
 * @param title what was compared
 * @param unit the unit of the figures
 * @param left the figures of the side that is judged
 * @param right the figures of the other side
 * @param value their ratio, or their difference
 * @param goal the goal
 * @param reached whether it was reached
 * @param leftCpu processor time for each message in microseconds
 * @param rightCpu the same of the other side
 * @param leftBytes what was allocated for each message in bytes
 * @param rightBytes the same of the other side
 */
record Result(String benchmark, String title, String unit, Figures left, Figures right, String value, String goal,
		boolean reached, double leftCpu, double rightCpu, double leftBytes, double rightBytes) {

	static List<Result> of(Comparison comparison, List<Sample> left, List<Sample> right) {
		return comparison.goals()
			.entrySet()
			.stream()
			.map((entry) -> of(comparison, entry.getKey(), entry.getValue(), left, right))
			.toList();
	}

	private static Result of(Comparison comparison, Measure measure, Goal goal, List<Sample> left, List<Sample> right) {
		return of(comparison.benchmark(), comparison.title(), measure, goal, left, right);
	}

	static Result of(String benchmark, String title, Measure measure, Goal goal, List<Sample> left,
			List<Sample> right) {
		Figures mine = Figures.of(left, measure::of);
		Figures other = Figures.of(right, measure::of);
		double value = goal.value(mine.median(), other.median());
		return new Result(benchmark, title, measure.unit(), mine, other, goal.format(value), goal.toString(),
				goal.isReached(value), Figures.of(left, Sample::cpuMicros).median(),
				Figures.of(right, Sample::cpuMicros).median(), Figures.of(left, Sample::bytes).median(),
				Figures.of(right, Sample::bytes).median());
	}

}

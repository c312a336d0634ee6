package dev.natsboot.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import dev.natsboot.benchmark.program.Sample;
import dev.natsboot.run.Machine;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ResultTests {

	private static final Comparisons COMPARISONS = new Comparisons("nats://localhost", Path.of("result"), true);

	@Test
	void mediansAreCompared() {
		Result result = Result.of(comparison("js-consume"), rates(90, 200, 100), rates(80, 100, 400, 120, 110)).get(0);
		assertThat(result.left()).isEqualTo(new Figures(100, 90, 200));
		assertThat(result.right()).isEqualTo(new Figures(110, 80, 400));
		assertThat(result.value()).isEqualTo("0.91");
		assertThat(result.reached()).isFalse();
	}

	@Test
	void theMedianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
		assertThat(Figures.of(rates(1, 10, 3, 5), Sample::rate).median()).isEqualTo(4);
	}

	@Test
	void aRatioAtItsGoalReachesIt() {
		assertThat(Result.of(comparison("js-consume"), rates(98), rates(100)).get(0).reached()).isTrue();
	}

	@Test
	void aStartIsJudgedByTheDifference() {
		Result result = Result.of(comparison("start-up"), starts(1300), starts(1000)).get(0);
		assertThat(result.value()).isEqualTo("+300.0");
		assertThat(result.reached()).isFalse();
	}

	@Test
	void aRowSaysWhatWasNotReached() {
		List<Result> results = Result.of(comparison("js-consume"), rates(50), rates(100));
		Machine machine = new Machine("2026-11-21", "2.15.1", "2.26.2", "4.1.1", "17", 2, "", 0.1);
		assertThat(BenchmarkTable.lines(machine, "3 pairs", results)).last()
			.asString()
			.contains("| 0.50 | ≥ 0.98, **not reached** | 50 (50–50) | 100 (100–100) |");
	}

	@Test
	void everyBenchmarkHasItsPartOfThePage() throws IOException {
		List<String> page = Files.readAllLines(Path.of("..", "..", "docs", "benchmarks.md"));
		assertThat(Comparisons.NAMES)
			.allSatisfy((name) -> assertThat(page).contains("<!-- " + name + ", written by bin/run-benchmarks -->"));
	}

	private static Comparison comparison(String benchmark) {
		return COMPARISONS.of(benchmark).get(0);
	}

	private static List<Sample> rates(double... rates) {
		return Arrays.stream(rates).mapToObj((rate) -> new Sample(rate, 0, 0, 0, 0, 0, 0)).toList();
	}

	private static List<Sample> starts(double millis) {
		return List.of(new Sample(0, 0, 0, 0, millis, 0, 0));
	}

}

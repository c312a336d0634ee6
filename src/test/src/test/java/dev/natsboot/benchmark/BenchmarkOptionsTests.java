package dev.natsboot.benchmark;

import java.nio.file.Path;

import dev.natsboot.run.RunException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BenchmarkOptionsTests {

	@Test
	void everythingWithFivePairsAndStartsWithMoreUnlessSaidOtherwise() {
		BenchmarkOptions options = BenchmarkOptions.parse();
		assertThat(options).isEqualTo(new BenchmarkOptions(false, null, null, null, null, null, null));
		assertThat(options.pairs("recovery")).isEqualTo(5);
		assertThat(options.pairs("start-up")).isEqualTo(15);
		assertThat(Comparisons.NAMES).allMatch(options::includes);
	}

	@Test
	void takesEveryOption() {
		BenchmarkOptions options = BenchmarkOptions.parse("--quick", "--only", "js-consume", "--report", "r.json",
				"--markdown", "benchmarks.md", "--quote", "README.md", "--profile", "recordings");
		assertThat(options).isEqualTo(new BenchmarkOptions(true, "js-consume", null, Path.of("r.json"),
				Path.of("benchmarks.md"), Path.of("README.md"), Path.of("recordings")));
		assertThat(options.pairs("js-consume")).isEqualTo(3);
		assertThat(options.pairs("recovery")).isOne();
		assertThat(options.pairs("start-up")).isEqualTo(5);
		assertThat(Comparisons.NAMES).filteredOn(options::includes).containsExactly("js-consume");
	}

	@Test
	void singleLinesDoNotReplaceATable() {
		assertThat(BenchmarkOptions.parse("--line", "tracing").line()).isEqualTo("tracing");
		assertThatExceptionOfType(RunException.class)
			.isThrownBy(() -> BenchmarkOptions.parse("--line", "tracing", "--markdown", "benchmarks.md"))
			.withMessageContaining("--line");
	}

	@Test
	void listsTheLinesInsteadOfRunningNone() {
		assertThatExceptionOfType(RunException.class)
			.isThrownBy(() -> BenchmarkOptions.parse("--only", "start-up", "--line", "100 listener, against"))
			.withMessageContainingAll("100 listener, against", "100 listeners, against 1");
	}

	@Test
	void theMicrobenchmarksHaveNoSingleLines() {
		assertThat(Comparisons.NAMES).contains("allocation")
			.filteredOn(BenchmarkOptions.parse("--line", "tracing")::includes)
			.hasSize(Comparisons.NAMES.size() - 1)
			.doesNotContain("allocation");
		assertThatExceptionOfType(RunException.class)
			.isThrownBy(() -> BenchmarkOptions.parse("--only", "allocation", "--line", "publish"))
			.withMessageContainingAll("--only allocation", "--line");
	}

	@Test
	void aQuotationNeedsItsSource() {
		assertThatExceptionOfType(RunException.class).isThrownBy(() -> BenchmarkOptions.parse("--quote", "README.md"))
			.withMessageContaining("--markdown");
	}

	@Test
	void namesTheBenchmarksInsteadOfAnUnknownOne() {
		assertThatExceptionOfType(RunException.class).isThrownBy(() -> BenchmarkOptions.parse("--only", "kafka"))
			.withMessageContainingAll("--only", "kafka", "js-consume");
	}

	@Test
	void refusesAnOptionThatItDoesNotKnow() {
		assertThatExceptionOfType(RunException.class).isThrownBy(() -> BenchmarkOptions.parse("--slow", "1"))
			.withMessageContaining("--slow");
	}

}

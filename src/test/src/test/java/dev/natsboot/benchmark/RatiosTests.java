package dev.natsboot.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class RatiosTests {

	private static final Path ROOT = Path.of("../..");

	private static final String PAGE = """
			## js-batch

			<!-- js-batch, written by bin/run-benchmarks -->
			Some machine.

			| what | ratio | goal | starter | compared with |
			|---|---:|---:|---:|---:|
			| byte[] of 128 B, messages/s | 0.84 | ≥ 1.20, **not reached** | 1 (1–1) | 2 (2–2) |
			| byte[] of 1 KiB, messages/s | 1.84 | ≥ 1.20 | 1 (1–1) | 2 (2–2) |
			<!-- end -->

			<!-- start-up, written by bin/run-benchmarks -->
			| 1 listener, ms | +187.0 | ≤ +250.0 | 1 (1–1) | 2 (2–2) |
			<!-- end -->
			""";

	@Test
	void readmeQuotesWhatThePageOfBenchmarksSays() throws IOException {
		String readme = Files.readString(ROOT.resolve("README.md"));
		List<String> lines = Ratios.lines(Files.readString(ROOT.resolve("docs/benchmarks.md")));
		assertThat(readme).as("bin/run-benchmarks --markdown docs/benchmarks.md --quote README.md writes this")
			.contains(Ratios.MARK + "\n" + String.join("\n", lines) + "\n<!-- end -->");
	}

	@Test
	void quotesRatiosAndGoalsOfEveryBenchmark(@TempDir Path folder) throws IOException {
		Path page = Files.writeString(folder.resolve("benchmarks.md"), PAGE);
		Path readme = Files.writeString(folder.resolve("README.md"), Ratios.MARK + "\nold\n<!-- end -->\nrest\n");
		Ratios.quote(page, readme);
		assertThat(Files.readAllLines(readme)).containsExactly(Ratios.MARK, "| benchmark | what | ratio | goal |",
				"|---|---|---:|---:|", "| js-batch | byte[] of 128 B, messages/s | 0.84 | ≥ 1.20, **not reached** |",
				"| start-up | 1 listener, ms | +187.0 | ≤ +250.0 |", "<!-- end -->", "rest");
	}

}

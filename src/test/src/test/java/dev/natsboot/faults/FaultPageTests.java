package dev.natsboot.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.natsboot.run.RunException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FaultPageTests {

	private static final String NINE = "<!-- written by bin/run-faults on nats-server 2.9 -->";

	private static final String TEN = "<!-- written by bin/run-faults on nats-server 2.10 -->";

	private static final String END = "<!-- end -->";

	@TempDir
	Path directory;

	@Test
	void theTableOfTheSameServerIsReplacedAndTheRestStays() throws IOException {
		Path page = this.directory.resolve("faults.md");
		Files.write(page, List.of("before", NINE, "nine", END, "between", TEN, "ten", END, "after"));
		FaultPage.replace(page, "2.10.27", List.of("new", "table"));
		assertThat(page).content()
			.isEqualTo(String.join("\n", "before", NINE, "nine", END, "between", TEN, "new", "table", END, "after\n"));
	}

	@Test
	void aPageWithoutMarksForTheServerIsLeftAlone() throws IOException {
		Path page = this.directory.resolve("faults.md");
		Files.write(page, List.of(NINE, END));
		assertThatExceptionOfType(RunException.class)
			.isThrownBy(() -> FaultPage.replace(page, "2.10.27", List.of("table")))
			.withMessageContaining(TEN);
		assertThat(page).content().isEqualTo(NINE + "\n" + END + "\n");
	}

}

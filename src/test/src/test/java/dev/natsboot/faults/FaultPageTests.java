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

	@TempDir
	Path directory;

	@Test
	void theTableOfAnEarlierRunIsReplacedAndTheRestStays() throws IOException {
		Path page = this.directory.resolve("faults.md");
		Files.write(page, List.of("before", FaultPage.BEGIN, "old", FaultPage.END, "after"));
		FaultPage.replace(page, List.of("new", "table"));
		assertThat(page).content()
			.isEqualTo(String.join("\n", "before", FaultPage.BEGIN, "new", "table", FaultPage.END, "after\n"));
	}

	@Test
	void aPageWithoutMarksIsLeftAlone() throws IOException {
		Path page = this.directory.resolve("faults.md");
		Files.write(page, List.of("text"));
		assertThatExceptionOfType(RunException.class).isThrownBy(() -> FaultPage.replace(page, List.of()))
			.withMessageContaining(FaultPage.BEGIN);
		assertThat(page).content().isEqualTo("text\n");
	}

}

package dev.natsboot.faults;

import java.nio.file.Path;

import dev.natsboot.run.RunException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FaultOptionsTests {

	@Test
	void threeMinutesUnlessSaidOtherwise() {
		assertThat(FaultOptions.parse("--seed", "7")).isEqualTo(new FaultOptions(3, 7, null, null));
	}

	@Test
	void takesEveryOption() {
		assertThat(
				FaultOptions.parse("--minutes", "10", "--seed", "-5", "--report", "r.json", "--markdown", "faults.md"))
			.isEqualTo(new FaultOptions(10, -5, Path.of("r.json"), Path.of("faults.md")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "many", "" })
	void namesOptionAndValueThatIsNoNumberOfMinutes(String value) {
		assertThatExceptionOfType(RunException.class).isThrownBy(() -> FaultOptions.parse("--minutes", value))
			.withMessageContainingAll("--minutes", value);
	}

	@Test
	void refusesAnOptionThatItDoesNotKnow() {
		assertThatExceptionOfType(RunException.class).isThrownBy(() -> FaultOptions.parse("--hours", "1"))
			.withMessageContaining("--hours");
	}

}

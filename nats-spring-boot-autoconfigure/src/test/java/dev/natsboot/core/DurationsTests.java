package dev.natsboot.core;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.convert.DurationStyle;

import static org.assertj.core.api.Assertions.assertThat;

class DurationsTests {

	@ParameterizedTest
	@CsvSource({ "P1D, 1d", "PT36H, 36h", "PT12H, 12h", "PT90M, 90m", "PT1.5S, 1500ms", "PT0S, 0s", "PT-5S, -5s",
			"PT-1.5S, -1500ms", "PT0.000000001S, 1ns" })
	void writesDurationsAsProperties(Duration duration, String text) {
		assertThat(Durations.text(duration)).isEqualTo(text);
		assertThat(DurationStyle.detectAndParse(text)).isEqualTo(duration);
	}

}

package dev.natsboot.casestudy;

import java.nio.file.Path;
import java.time.Duration;

import dev.natsboot.run.RunException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CaseStudyOptionsTests {

	@Test
	void defaultsAreTenThousandOrdersAtOneThousandPerSecond() {
		assertThat(CaseStudyOptions.parse())
			.isEqualTo(new CaseStudyOptions(10_000, 1000, null, false, null, new Ports(8080, 8081, 8082, 4222)));
	}

	@Test
	void takesEveryOption() {
		assertThat(CaseStudyOptions.parse("--orders", "5", "--rate", "2", "--outage", "7", "--exit", "--report",
				"r.json", "--order-port", "1", "--processor-port", "2", "--gateway-port", "3", "--nats-port", "4"))
			.isEqualTo(
					new CaseStudyOptions(5, 2, Duration.ofSeconds(7), true, Path.of("r.json"), new Ports(1, 2, 3, 4)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "many", "" })
	void namesOptionAndValueThatIsNoPositiveNumber(String value) {
		assertThatExceptionOfType(RunException.class).isThrownBy(() -> CaseStudyOptions.parse("--rate", value))
			.withMessage("--rate needs a number above 0, for example --rate 500, but got '" + value + "'");
	}

	@Test
	void namesOptionWithoutValue() {
		assertThatExceptionOfType(RunException.class).isThrownBy(() -> CaseStudyOptions.parse("--report"))
			.withMessage("--report needs a value");
	}

	@Test
	void namesUnknownOption() {
		assertThatExceptionOfType(RunException.class).isThrownBy(() -> CaseStudyOptions.parse("--order", "5"))
			.withMessageContaining("Unknown option --order");
	}

}

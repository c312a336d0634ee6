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
			.isEqualTo(new CaseStudyOptions(10_000, 1000, Duration.ofSeconds(60), Variant.WHOLE, false,
					DatabaseChoice.ANY, null, false, null, null, null, new Ports(8080, 8081, 8083, 8082, 4222)));
	}

	@Test
	void highRatesHaveALongerWarmUp() {
		assertThat(CaseStudyOptions.parse("--rate", "4999").warmUp()).isEqualTo(Duration.ofMinutes(1));
		assertThat(CaseStudyOptions.parse("--rate", "5000").warmUp()).isEqualTo(Duration.ofMinutes(2));
		assertThat(CaseStudyOptions.parse("--rate", "5000", "--warm-up", "7").warmUp())
			.isEqualTo(Duration.ofSeconds(7));
	}

	@Test
	void takesEveryOption() {
		assertThat(CaseStudyOptions.parse("--orders", "5", "--rate", "2", "--warm-up", "0", "--payments-only",
				"--find-highest", "--database", "h2", "--outage", "7", "--exit", "--report", "r.json", "--markdown",
				"p.md", "--profile", "jfr", "--order-port", "1", "--processor-port", "2", "--payment-port", "5",
				"--gateway-port", "3", "--nats-port", "4"))
			.isEqualTo(new CaseStudyOptions(5, 2, Duration.ZERO, Variant.PAYMENTS_ONLY, true, DatabaseChoice.H2,
					Duration.ofSeconds(7), true, Path.of("r.json"), Path.of("p.md"), Path.of("jfr"),
					new Ports(1, 2, 5, 3, 4)));
	}

	@Test
	void takesTheSynchronousVariant() {
		assertThat(CaseStudyOptions.parse("--synchronous").variant()).isEqualTo(Variant.SYNCHRONOUS);
	}

	@Test
	void namesVariantsThatExcludeEachOther() {
		assertThatExceptionOfType(RunException.class)
			.isThrownBy(() -> CaseStudyOptions.parse("--synchronous", "--payments-only"))
			.withMessage("--payments-only and --synchronous exclude each other: choose one");
	}

	@Test
	void saysWhyThereIsNoOutageWithoutStreams() {
		assertThatExceptionOfType(RunException.class)
			.isThrownBy(() -> CaseStudyOptions.parse("--outage", "5", "--synchronous"))
			.withMessageContaining("--synchronous and --outage exclude each other")
			.withMessageContaining("no recovery");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "many", "" })
	void namesOptionAndValueThatIsNoPositiveNumber(String value) {
		assertThatExceptionOfType(RunException.class).isThrownBy(() -> CaseStudyOptions.parse("--rate", value))
			.withMessage("--rate needs a number, 1 or more, for example --rate 500, but got '" + value + "'");
	}

	@Test
	void namesTheDatabasesThatThereAre() {
		assertThatExceptionOfType(RunException.class).isThrownBy(() -> CaseStudyOptions.parse("--database", "oracle"))
			.withMessageContaining("postgres, h2 or any")
			.withMessageContaining("oracle");
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

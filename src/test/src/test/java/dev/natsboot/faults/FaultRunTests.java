package dev.natsboot.faults;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.natsboot.run.JavaCommand;
import dev.natsboot.run.RunException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FaultRunTests {

	@ParameterizedTest
	@CsvSource({ "GOOD, 0", "LOST, 1", "LATE, 1", "FAILED, 1" })
	void theExitStatusIsThatOfTheVerdict(Outcome outcome, int status, @TempDir Path directory) throws Exception {
		Process process = new ProcessBuilder(
				JavaCommand.of(List.of("-Djava.io.tmpdir=" + directory), JudgedProcess.class, List.of(outcome.name())))
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		try {
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).isEqualTo(status);
		}
		finally {
			process.destroyForcibly();
		}
	}

	enum Outcome {

		GOOD, LOST, LATE, FAILED

	}

	/**
	 * A run in which no fault is injected, as what came of it is known.
	 */
	static final class JudgedProcess {

		private JudgedProcess() {
		}

		public static void main(String[] arguments) {
			FaultRun.main((run) -> List.of(evidence(Outcome.valueOf(arguments[0]))));
		}

		private static Evidence evidence(Outcome outcome) {
			return switch (outcome) {
				case GOOD -> evidence(Map.of("PLAIN-1", 1), 10);
				case LOST -> evidence(Map.of(), 10);
				case LATE -> evidence(Map.of("PLAIN-1", 1), 30_000);
				case FAILED -> throw new RunException("A server doesn't start");
			};
		}

		private static Evidence evidence(Map<String, Integer> charges, long recovery) {
			return new Evidence(Map.of("PLAIN-1", 150L), charges, Map.of(), List.of(), 0,
					List.of(new Injection(FaultKind.SERVER_KILLED, 100, false, 5, List.of(recovery))));
		}

	}

}

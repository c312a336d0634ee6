package dev.natsboot.autoconfigure;

import dev.natsboot.connection.NatsConnectException;
import dev.natsboot.connection.NatsConnectException.Reason;
import dev.natsboot.testsupport.FreePorts;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

class NatsFailureAnalyzerTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(NatsAutoConfiguration.class))
		.withPropertyValues("nats.startup=fail-fast");

	@Test
	void explainsRefusedConnection() {
		int port = FreePorts.next();
		FailureAnalysis analysis = analyze("nats.servers=nats://localhost:" + port);
		assertThat(analysis.getDescription()).isEqualTo(
				"Unable to connect to NATS at nats://localhost:" + port + " (connection refused: Connection refused).");
		assertThat(analysis.getAction()).contains("Start a NATS server", "nats.servers=nats://nats.example.org:4222",
				"nats.startup=background");
	}

	@Test
	void explainsUnknownHost() {
		FailureAnalysis analysis = analyze("nats.servers=nats://no-such-host.invalid:4222");
		assertThat(analysis.getDescription()).contains("nats://no-such-host.invalid:4222", "unknown host");
		assertThat(analysis.getAction()).contains("Correct the host name in 'nats.servers'");
	}

	@Test
	void explainsInvalidProperty() {
		FailureAnalysis analysis = analyze("nats.reconnect-jitter=0s");
		assertThat(analysis.getDescription())
			.isEqualTo("Property 'nats.reconnect-jitter' with value '0s' is invalid: it must be longer than zero.");
		assertThat(analysis.getAction())
			.isEqualTo("Change the property. A working example: nats.reconnect-jitter=100ms");
	}

	@Test
	void explainsPasswordThatIsNotEncodedWithoutShowingIt() {
		FailureAnalysis analysis = analyze("nats.servers=nats://app:Zm9v/YmFy@nats.example.org:4222");
		assertThat(analysis.getDescription())
			.startsWith("Property 'nats.servers' with value 'nats://***@nats.example.org:4222' is invalid:")
			.contains("percent-encoded")
			.doesNotContain("app", "Zm9v", "YmFy");
	}

	@ParameterizedTest
	@EnumSource
	void hasAnActionForEveryReason(Reason reason) {
		FailureAnalysis analysis = new NatsConnectFailureAnalyzer()
			.analyze(new NatsConnectException(reason, "nats://localhost:4222", null, null));
		assertThat(analysis).isNotNull();
		assertThat(analysis.getAction()).isNotBlank().contains("nats");
	}

	private FailureAnalysis analyze(String property) {
		FailureAnalysis[] result = new FailureAnalysis[1];
		this.runner.withPropertyValues(property).run((context) -> {
			assertThat(context).hasFailed();
			result[0] = SpringFactoriesLoader.forDefaultResourceLocation()
				.load(FailureAnalyzer.class,
						SpringFactoriesLoader.FailureHandler.logging(LogFactory.getLog(getClass())))
				.stream()
				.filter((analyzer) -> analyzer.getClass().getPackage() == getClass().getPackage())
				.map((analyzer) -> analyzer.analyze(context.getStartupFailure()))
				.filter((analysis) -> analysis != null)
				.findFirst()
				.orElseThrow();
		});
		return result[0];
	}

}

package dev.natsboot.test;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.diagnostics.FailureAnalysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class NatsExecutableTests {

	@TempDir
	private Path directory;

	private Path program;

	@BeforeEach
	void createProgram() throws IOException {
		this.program = Files.createFile(this.directory.resolve("nats-server"));
		assertThat(this.program.toFile().setExecutable(true)).isTrue();
	}

	@Test
	void prefersTheConfiguredPath() {
		Map<String, String> environment = Map.of("nats_server_path", "/missing", "PATH", "/missing");
		assertThat(find(environment, this.program.toString())).isEqualTo(this.program);
	}

	@Test
	void prefersTheEnvironmentVariableToThePath() throws IOException {
		Path other = Files.createFile(this.directory.resolve("other"));
		assertThat(other.toFile().setExecutable(true)).isTrue();
		Map<String, String> environment = Map.of("nats_server_path", other.toString(), "PATH",
				this.directory.toString());
		assertThat(find(environment, "")).isEqualTo(other);
	}

	@Test
	void searchesThePath() {
		String path = "/missing" + File.pathSeparator + this.directory;
		assertThat(find(Map.of("PATH", path), "")).isEqualTo(this.program);
	}

	@Test
	void searchesWhereDebianPutsIt() {
		assertThat(new NatsExecutable(Map.of("PATH", "/missing"), List.of(this.directory.toString())).find(""))
			.isEqualTo(this.program);
	}

	@Test
	void saysHowToInstallWhenThereIsNone() {
		assertThatExceptionOfType(NatsServerNotFoundException.class)
			.isThrownBy(() -> find(Map.of("PATH", "/missing"), ""))
			.withMessageContainingAll("apt-get install nats-server", "brew install nats-server",
					"scoop install nats-server", "choco install nats-server", "nats_server_path", "/missing");
	}

	@Test
	void namesTheVariableThatPointsNowhere() {
		assertThatExceptionOfType(NatsServerNotFoundException.class)
			.isThrownBy(() -> find(Map.of("nats_server_path", "/missing/nats", "PATH", this.directory.toString()), ""))
			.withMessageContaining("nats_server_path is '/missing/nats'");
	}

	@Test
	void namesTheAttributeThatPointsToAFolder() {
		assertThatExceptionOfType(NatsServerNotFoundException.class)
			.isThrownBy(() -> find(Map.of(), this.directory.toString()))
			.withMessageContaining("'executable' of @EmbeddedNats is '" + this.directory + "'");
	}

	@Test
	void failureIsAnalysed() {
		FailureAnalysis analysis = new NatsServerNotFoundFailureAnalyzer()
			.analyze(new IllegalStateException(new NatsServerNotFoundException("nothing on the PATH")));
		assertThat(analysis.getDescription()).contains("@EmbeddedNats", "nothing on the PATH");
		assertThat(analysis.getAction()).contains("apt-get install nats-server", "brew install", "scoop install",
				"nats_server_path");
	}

	@Test
	void startFailureIsAnalysed() {
		EmbeddedNatsStartFailureAnalyzer analyzer = new EmbeddedNatsStartFailureAnalyzer();
		FailureAnalysis taken = analyzer.analyze(new EmbeddedNatsStartException("bind: address already in use", null));
		assertThat(taken.getDescription()).contains("bind: address already in use");
		assertThat(taken.getAction()).contains("port = \"0\"");
		FailureAnalysis wrong = analyzer.analyze(new EmbeddedNatsStartException("unknown field \"x\"", null));
		assertThat(wrong.getAction()).contains("'configuration'");
	}

	private static Path find(Map<String, String> environment, String configured) {
		return new NatsExecutable(environment, List.of()).find(configured);
	}

}

package dev.natsboot.test.container;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NatsContainerCredentialsTests {

	@ParameterizedTest
	@ValueSource(strings = { "--user app", "-user app", "--user=app", "-js -user=app" })
	void readsOptionsInTheirForms(String command) {
		assertThat(credentials(command, Map.of()).username()).isEqualTo("app");
	}

	@Test
	void optionWithoutValueIsIgnored() {
		assertThat(credentials("--js --user", Map.of()).username()).isNull();
	}

	@Test
	void commandBeatsEnvironment() {
		assertThat(credentials("--auth one", Map.of("NATS_TOKEN", "two")).token()).isEqualTo("one");
		assertThat(credentials("--js", Map.of("NATS_TOKEN", "two")).token()).isEqualTo("two");
	}

	@Test
	void emptyVariableIsIgnored() {
		assertThat(credentials("", Map.of("NATS_PASSWORD", "")))
			.isEqualTo(new NatsContainerCredentials(null, null, null));
	}

	private static NatsContainerCredentials credentials(String command, Map<String, String> environment) {
		return NatsContainerCredentials.of(List.of(command.split(" ")), environment);
	}

}

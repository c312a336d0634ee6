package dev.natsboot.test.container;

import java.util.Map;

import dev.natsboot.autoconfigure.NatsConnectionDetails;
import org.junit.jupiter.api.Test;

import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class NatsDockerComposeConnectionDetailsFactoryTests {

	private final NatsDockerComposeConnectionDetailsFactory factory = new NatsDockerComposeConnectionDetailsFactory();

	@Test
	void connectsToServiceWithOfficialImage() {
		NatsConnectionDetails details = this.factory.getConnectionDetails(source("nats:2.10", Map.of(), Map.of()));
		assertThat(details).isNotNull();
		assertThat(details.getServers()).containsExactly("nats://compose.test:34222");
		assertThat(details.getUsername()).isNull();
		assertThat(details.getSslBundle()).isNull();
	}

	@Test
	void signsInAsTheEnvironmentSays() {
		NatsConnectionDetails details = this.factory.getConnectionDetails(
				source("bitnami/nats:2", Map.of("NATS_USERNAME", "app", "NATS_PASSWORD", "secret"), Map.of()));
		assertThat(details).isNotNull();
		assertThat(details.getUsername()).isEqualTo("app");
		assertThat(details.getPassword()).isEqualTo("secret");
		assertThat(details.getToken()).isNull();
	}

	@Test
	void signsInWithToken() {
		NatsConnectionDetails details = this.factory
			.getConnectionDetails(source("nats", Map.of("NATS_TOKEN", "secret"), Map.of()));
		assertThat(details).isNotNull();
		assertThat(details.getToken()).isEqualTo("secret");
	}

	@Test
	void connectsToOtherImageByLabel() {
		assertThat(this.factory.getConnectionDetails(source("example.test/own/broker", Map.of(),
				Map.of("org.springframework.boot.service-connection", "nats"))))
			.isNotNull();
	}

	@Test
	void leavesOtherServicesAlone() {
		assertThat(this.factory.getConnectionDetails(source("postgres:18", Map.of(), Map.of()))).isNull();
	}

	private static DockerComposeConnectionSource source(String image, Map<String, String> environment,
			Map<String, String> labels) {
		RunningService service = mock(RunningService.class);
		ConnectionPorts ports = mock(ConnectionPorts.class);
		given(ports.get(4222)).willReturn(34_222);
		given(service.host()).willReturn("compose.test");
		given(service.ports()).willReturn(ports);
		given(service.image()).willReturn(ImageReference.of(image));
		given(service.env()).willReturn(environment);
		given(service.labels()).willReturn(labels);
		DockerComposeConnectionSource source = mock(DockerComposeConnectionSource.class);
		given(source.getRunningService()).willReturn(service);
		return source;
	}

}

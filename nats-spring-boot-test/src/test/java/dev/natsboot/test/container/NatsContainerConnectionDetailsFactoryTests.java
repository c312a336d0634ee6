package dev.natsboot.test.container;

import dev.natsboot.autoconfigure.NatsAutoConfiguration;
import dev.natsboot.autoconfigure.NatsConnectionDetails;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Container;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class NatsContainerConnectionDetailsFactoryTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ServiceConnectionAutoConfiguration.class, NatsAutoConfiguration.class))
		.withPropertyValues("nats.servers=nats://elsewhere:1", "nats.connection-timeout=50ms");

	@Test
	void connectsToContainerInsteadOfConfiguredServers() {
		this.runner.withUserConfiguration(OpenServer.class).run((context) -> {
			NatsConnectionDetails details = context.getBean(NatsConnectionDetails.class);
			assertThat(details.getServers()).containsExactly("nats://docker.test:14222");
			assertThat(details.getUsername()).isNull();
			assertThat(details.getPassword()).isNull();
			assertThat(details.getToken()).isNull();
			assertThat(details.getSslBundle()).isNull();
		});
	}

	@Test
	void signsInAsTheCommandSays() {
		this.runner.withUserConfiguration(UserAndPassword.class).run((context) -> {
			NatsConnectionDetails details = context.getBean(NatsConnectionDetails.class);
			assertThat(details.getUsername()).isEqualTo("app");
			assertThat(details.getPassword()).isEqualTo("secret");
		});
	}

	@Test
	void applicationWithoutTestcontainersStarts() {
		new ApplicationContextRunner().withClassLoader(new FilteredClassLoader(Container.class))
			.withConfiguration(AutoConfigurations.of(NatsAutoConfiguration.class))
			.withPropertyValues("nats.connection-timeout=50ms", "nats.servers=nats://localhost:1")
			.run((context) -> assertThat(context).hasSingleBean(NatsConnectionDetails.class));
	}

	@Configuration(proxyBeanMethods = false)
	static class OpenServer {

		@Bean
		@ServiceConnection("nats")
		RunningContainer nats() {
			return new RunningContainer("nats:2.10-alpine");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class UserAndPassword {

		@Bean
		@ServiceConnection("nats")
		RunningContainer nats() {
			return new RunningContainer("synadia/nats-server:2.12").withCommand("--js", "--user", "app",
					"--pass=secret");
		}

	}

	@Nested
	@SpringBootTest(classes = NatsAutoConfiguration.class,
			properties = { "nats.servers=nats://elsewhere:1", "nats.connection-timeout=50ms" })
	class OnField {

		@ServiceConnection
		static final RunningContainer NATS = new RunningContainer("synadia/nats-server:2.12");

		@Test
		void isRecognisedByItsImage(@Autowired NatsConnectionDetails details) {
			assertThat(details.getServers()).containsExactly("nats://docker.test:14222");
		}

	}

}

package dev.natsboot.test;

import dev.natsboot.autoconfigure.NatsAutoConfiguration;
import io.nats.client.Connection;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link EmbeddedNats @EmbeddedNats} on test classes.
 */
class EmbeddedNatsSpringTests {

	@Nested
	@SpringBootTest(classes = Application.class, properties = { "nats.servers=nats://localhost:1", "test.size=1024" })
	@EmbeddedNats(configuration = "max_payload: ${test.size}")
	class OnBootTest {

		@Test
		void connectsToServerInsteadOfConfiguredServers(@Autowired EmbeddedNatsServer server,
				@Autowired Connection connection) {
			assertThat(connection.getServerInfo().getPort()).isEqualTo(server.getPort());
			assertThat(connection.getServerInfo().getMaxPayload()).isEqualTo(1024);
		}

		@Nested
		class NestedClass {

			@Test
			void sharesContext(@Autowired EmbeddedNatsServer server) {
				assertThat(server.isRunning()).isTrue();
			}

		}

	}

	@Nested
	@SpringJUnitConfig(Application.class)
	@EmbeddedNats(jetStream = false)
	class OnPlainSpringTest {

		@Test
		void startsServer(@Autowired EmbeddedNatsServer server) {
			assertThat(server.isRunning()).isTrue();
		}

	}

	@Nested
	@SpringBootTest(classes = Application.class)
	class OnSuperclass extends Base {

		@Test
		void startsServer(@Autowired EmbeddedNatsServer server) {
			assertThat(server.isRunning()).isTrue();
		}

	}

	@EmbeddedNats(jetStream = false)
	abstract static class Base {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(NatsAutoConfiguration.class)
	static class Application {

	}

}

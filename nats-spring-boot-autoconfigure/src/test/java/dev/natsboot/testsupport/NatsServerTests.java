package dev.natsboot.testsupport;

import io.nats.client.Connection;
import io.nats.client.Nats;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NatsServerTests {

	@Test
	void survivesKillAndStartOnTheSamePort() throws Exception {
		try (NatsServer server = new NatsServer()) {
			try (Connection connection = Nats.connect(server.url())) {
				assertThat(connection.getServerInfo().isJetStreamAvailable()).isTrue();
			}
			server.kill();
			server.start();
			try (Connection connection = Nats.connect(server.url())) {
				assertThat(connection.getServerInfo().isJetStreamAvailable()).isTrue();
			}
		}
	}

}

package dev.natsboot.test;

import io.nats.client.Connection;
import io.nats.client.Nats;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(EmbeddedNatsExtension.class)
@EmbeddedNats(jetStream = false, configuration = "max_payload: 4096")
class EmbeddedNatsExtensionTests {

	private final EmbeddedNatsServer server;

	EmbeddedNatsExtensionTests(EmbeddedNatsServer server) {
		this.server = server;
	}

	@Test
	void startsServerAsTheAnnotationSays() throws Exception {
		try (Connection connection = Nats.connect(this.server.getUrl())) {
			assertThat(connection.getServerInfo().isJetStreamAvailable()).isFalse();
			assertThat(connection.getServerInfo().getMaxPayload()).isEqualTo(4096);
		}
	}

	@Test
	void handsTheSameServerToParameters(EmbeddedNatsServer parameter) {
		assertThat(parameter).isSameAs(this.server);
	}

	@Nested
	class NestedTests {

		@Test
		void shareTheServer(EmbeddedNatsServer parameter) {
			assertThat(parameter).isSameAs(EmbeddedNatsExtensionTests.this.server);
		}

	}

	@Nested
	@EmbeddedNats(jetStream = false, configuration = "max_payload: 8192")
	class DifferingTests {

		@Test
		void haveAServerAsTheirAnnotationSays(EmbeddedNatsServer parameter) throws Exception {
			try (Connection connection = Nats.connect(parameter.getUrl())) {
				assertThat(connection.getServerInfo().getMaxPayload()).isEqualTo(8192);
			}
			startsServerAsTheAnnotationSays();
		}

	}

	@Nested
	@EmbeddedNats(jetStream = false, configuration = "max_payload: 4096")
	class AgreeingTests {

		@Test
		void shareTheServer(EmbeddedNatsServer parameter) {
			assertThat(parameter).isSameAs(EmbeddedNatsExtensionTests.this.server);
		}

	}

}

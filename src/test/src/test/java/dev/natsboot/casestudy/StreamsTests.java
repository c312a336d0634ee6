package dev.natsboot.casestudy;

import java.util.List;

import dev.natsboot.run.RunException;
import dev.natsboot.test.EmbeddedNatsExtension;
import dev.natsboot.test.EmbeddedNatsServer;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.api.StreamConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(EmbeddedNatsExtension.class)
class StreamsTests {

	private final EmbeddedNatsServer server;

	StreamsTests(EmbeddedNatsServer server) {
		this.server = server;
	}

	@BeforeEach
	void fillStreams() throws Exception {
		try (Connection connection = Nats.connect(this.server.getUrl())) {
			connection.jetStreamManagement()
				.addStream(StreamConfiguration.builder().name("ORDERS").subjects("orders.>").build());
			connection.jetStreamManagement()
				.addStream(StreamConfiguration.builder().name("EMPTY").subjects("empty").build());
			connection.jetStreamManagement().purgeStream("ORDERS");
			for (int i = 0; i < 1200; i++) {
				connection.publish("orders.created.v1", ("{\"orderId\":\"o-" + i + "\"}").getBytes());
			}
			connection.jetStream().publish("orders.broken", "{not json".getBytes());
		}
	}

	@Test
	void readsWholeStreamInItsOrder() throws Exception {
		try (Streams streams = new Streams(this.server.getUrl())) {
			assertThat(streams.count("ORDERS")).isEqualTo(1201);
			List<StreamEvent> events = streams.read("ORDERS");
			assertThat(events).hasSize(1201);
			assertThat(events.get(0)).returns("orders.created.v1", StreamEvent::subject)
				.returns("o-0", StreamEvent::orderId);
			assertThat(events.get(1199).orderId()).isEqualTo("o-1199");
			assertThat(events.get(1200)).returns("orders.broken", StreamEvent::subject)
				.returns("", StreamEvent::orderId);
			assertThat(events).isSortedAccordingTo((left, right) -> left.timestamp().compareTo(right.timestamp()));
		}
	}

	@Test
	void readsTheEndOfStream() throws Exception {
		try (Streams streams = new Streams(this.server.getUrl())) {
			long last = streams.lastSequence("ORDERS");
			assertThat(streams.read("ORDERS", last - 1)).extracting(StreamEvent::orderId).containsExactly("o-1199", "");
			assertThat(streams.read("ORDERS", last + 1)).isEmpty();
		}
	}

	@Test
	void readsEmptyStream() throws Exception {
		try (Streams streams = new Streams(this.server.getUrl())) {
			assertThat(streams.read("EMPTY")).isEmpty();
		}
	}

	@Test
	void namesMissingStream() throws Exception {
		try (Streams streams = new Streams(this.server.getUrl())) {
			assertThatExceptionOfType(RunException.class).isThrownBy(() -> streams.read("MISSING"))
				.withMessageContaining("MISSING");
		}
	}

}

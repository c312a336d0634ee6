package dev.natsboot.topology;

import java.util.List;

import dev.natsboot.testsupport.NatsServer;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.Nats;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.Mirror;
import io.nats.client.api.Source;
import io.nats.client.api.StreamConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Consumers whose filters have nothing in common with what their stream stores.
 */
class IdleFiltersTests {

	private static NatsServer server;

	private static Connection connection;

	private static JetStreamManagement management;

	private final ConsumerProvisioner provisioner = new ConsumerProvisioner(JetStreamOptions.defaultOptions());

	@BeforeAll
	static void connect() throws Exception {
		server = new NatsServer();
		connection = Nats.connect(server.url());
		assumeTrue(connection.getServerInfo().isSameOrNewerThanVersion("2.10.0"), "a server that takes such filters");
		management = connection.jetStreamManagement();
		management.addStream(stream("ORDERS").subjects("orders.*", "returns.>").build());
		management.addStream(stream("COPY").mirror(Mirror.builder().name("ORDERS").build()).build());
		management.addStream(stream("ALL").sources(Source.builder().name("ORDERS").build()).build());
	}

	@AfterAll
	static void disconnect() throws Exception {
		connection.close();
		server.close();
	}

	@Test
	void namesASubjectThatItsStreamDoesNotStore() throws Exception {
		assertThat(this.provisioner.findIdleFilters(connection, consumer("ORDERS", "order.created")))
			.hasValueSatisfying((text) -> assertThat(text).endsWith("gets no new message of [order.created], as stream "
					+ "'ORDERS' stores [orders.*, returns.>]: correct the subject, or add it to the stream, for "
					+ "example nats.jetstream.streams.ORDERS.subjects=orders.*,returns.>,order.created"));
	}

	@Test
	void findsNothingWhereSomethingMayCome() throws Exception {
		for (String filter : List.of("orders.created", "*.created", ">", "returns.a.b")) {
			assertThat(this.provisioner.findIdleFilters(connection, consumer("ORDERS", filter))).isEmpty();
		}
		assertThat(this.provisioner.findIdleFilters(connection, consumer("ORDERS"))).isEmpty();
	}

	@Test
	void saysNothingOfAStreamThatOthersFeed() throws Exception {
		for (String stream : List.of("COPY", "ALL")) {
			assertThat(this.provisioner.findIdleFilters(connection, consumer(stream, "orders.created"))).isEmpty();
		}
	}

	private static StreamConfiguration.Builder stream(String name) {
		return StreamConfiguration.builder().name(name);
	}

	private static ConsumerInfo consumer(String stream, String... filters) throws Exception {
		return management.addOrUpdateConsumer(stream, ConsumerConfiguration.builder().filterSubjects(filters).build());
	}

}

package dev.natsboot.casestudy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

import dev.natsboot.run.RunException;
import dev.natsboot.run.RunFolder;
import dev.natsboot.test.EmbeddedNatsExtension;
import dev.natsboot.test.EmbeddedNatsServer;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.api.StreamConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Nothing runs here but nats-server: who has to wait for anything finds out.
 */
@ExtendWith(EmbeddedNatsExtension.class)
class SettlementTests {

	private final EmbeddedNatsServer server;

	@TempDir
	private Path directory;

	SettlementTests(EmbeddedNatsServer server) {
		this.server = server;
	}

	@BeforeEach
	void createStreamsAndDatabases() throws Exception {
		try (Connection connection = Nats.connect(this.server.getUrl())) {
			JetStreamManagement management = connection.jetStreamManagement();
			for (String stream : List.of(Streams.ORDERS, Streams.PAYMENTS, Streams.INVENTORY, Streams.DEAD_LETTERS)) {
				management.addStream(StreamConfiguration.builder().name(stream).subjects(stream).build());
				management.purgeStream(stream);
			}
		}
		for (String name : List.of("orders", "processor", "gateway")) {
			execute(name, "SELECT 1");
		}
		execute("orders", "CREATE TABLE order_state (payment_status VARCHAR(16), inventory_status VARCHAR(16))");
	}

	@Test
	void paymentsAloneAreSettledWithOneResultForEachOrder() throws Exception {
		publish(Streams.ORDERS, Streams.ORDERS, Streams.PAYMENTS, Streams.PAYMENTS);
		assertThatNoException().isThrownBy(() -> settle(Variant.PAYMENTS_ONLY));
	}

	@Test
	void paymentsAloneAreNotSettledWhileOneIsMissing() throws Exception {
		publish(Streams.ORDERS, Streams.ORDERS, Streams.PAYMENTS);
		assertThatHasToWait(Variant.PAYMENTS_ONLY);
	}

	@Test
	void theSynchronousSystemIsSettledWhenTheOrderServiceKnowsOfNoOpenOrder() throws Exception {
		assertThatNoException().isThrownBy(() -> settle(Variant.SYNCHRONOUS));
		execute("orders", "INSERT INTO order_state VALUES ('PAID', 'PENDING')");
		assertThatHasToWait(Variant.SYNCHRONOUS);
	}

	@Test
	void theWholeSystemIsNotSettledWithoutReservations() throws Exception {
		publish(Streams.ORDERS, Streams.PAYMENTS);
		assertThatHasToWait(Variant.WHOLE);
	}

	private void assertThatHasToWait(Variant variant) {
		assertThatExceptionOfType(RunException.class).isThrownBy(() -> settle(variant))
			.withMessage("nats-server has ended");
	}

	private void settle(Variant variant) throws Exception {
		RunningSystem system = new RunningSystem(this.directory, new RunFolder(this.directory),
				CaseStudyOptions.parse());
		try (Streams streams = new Streams(this.server.getUrl());
				Databases databases = new Databases(new H2Files(this.directory))) {
			new Settlement(variant, streams, databases, system).await();
		}
	}

	private void execute(String database, String sql) throws SQLException {
		try (java.sql.Connection connection = DriverManager
			.getConnection("jdbc:h2:file:" + this.directory.resolve(database), "sa", "")) {
			connection.createStatement().execute(sql);
		}
	}

	private void publish(String... subjects) throws Exception {
		try (Connection connection = Nats.connect(this.server.getUrl())) {
			for (String subject : subjects) {
				connection.jetStream().publish(subject, new byte[0]);
			}
		}
	}

}

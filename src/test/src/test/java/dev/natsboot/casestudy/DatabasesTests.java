package dev.natsboot.casestudy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

import dev.natsboot.run.RunException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

class DatabasesTests {

	@TempDir
	private Path directory;

	@Test
	void readsWhatTheSamplesWriteWhileTheyAreRunning() throws SQLException {
		try (Connection orders = open("orders");
				Connection processor = open("processor");
				Connection gateway = open("gateway")) {
			execute(orders,
					"CREATE TABLE order_state (order_id VARCHAR(64), payment_status VARCHAR(16), "
							+ "inventory_status VARCHAR(16))",
					"INSERT INTO order_state VALUES ('a', 'PAID', 'RESERVED')",
					"INSERT INTO order_state VALUES ('b', 'PAID', 'PENDING')",
					"INSERT INTO order_state VALUES ('c', 'PENDING', 'RESERVED')");
			execute(processor, "CREATE TABLE payment (order_id VARCHAR(64), status VARCHAR(16))",
					"INSERT INTO payment VALUES ('a', 'PAID'), ('c', 'PENDING')");
			execute(gateway, "CREATE TABLE charge (order_id VARCHAR(64), outcome VARCHAR(16))",
					"INSERT INTO charge VALUES ('a', 'APPROVED'), ('a', 'APPROVED'), ('b', 'DECLINED')");
			try (Databases databases = new Databases(new H2Files(this.directory))) {
				assertThat(databases.openOrders()).isEqualTo(2);
				assertThat(databases.acceptedOrders()).containsExactlyInAnyOrder("a", "b", "c");
				assertThat(databases.orderStates()).hasSize(3).contains(entry("b", "PAID"));
				assertThat(databases.payments()).containsOnly(entry("a", "PAID"), entry("c", "PENDING"));
				assertThat(databases.approvedCharges()).containsOnly(entry("a", 2));
			}
		}
	}

	@Test
	void namesMissingDatabase() {
		assertThatExceptionOfType(RunException.class).isThrownBy(() -> new Databases(new H2Files(this.directory)))
			.withMessageContaining("orders");
	}

	private Connection open(String name) throws SQLException {
		return DriverManager.getConnection(
				"jdbc:h2:file:" + this.directory.resolve(name) + ";MODE=PostgreSQL;AUTO_SERVER=TRUE", "sa", "");
	}

	private static void execute(Connection connection, String... statements) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

}

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
					"CREATE TABLE orders (order_id VARCHAR(64), payment_status VARCHAR(16), "
							+ "inventory_status VARCHAR(16), accepted_at TIMESTAMP WITH TIME ZONE)",
					"INSERT INTO orders VALUES ('a', 'PAID', 'RESERVED', CURRENT_TIMESTAMP)",
					"INSERT INTO orders VALUES ('b', 'PAID', 'PENDING', CURRENT_TIMESTAMP)",
					"INSERT INTO orders VALUES ('c', 'PENDING', 'RESERVED', CURRENT_TIMESTAMP)",
					"INSERT INTO orders VALUES ('d', 'PENDING', 'PENDING', NULL)");
			execute(processor, "CREATE TABLE payment (order_id VARCHAR(64), status VARCHAR(16))",
					"INSERT INTO payment VALUES ('a', 'PAID'), ('c', 'PENDING')");
			execute(gateway, "CREATE TABLE charge (order_id VARCHAR(64), outcome VARCHAR(16))",
					"INSERT INTO charge VALUES ('a', 'APPROVED'), ('a', 'APPROVED'), ('b', 'DECLINED')");
			try (Databases databases = new Databases(new H2Files(this.directory))) {
				assertThat(databases.openOrders()).isEqualTo(2);
				assertThat(databases.acceptedOrders()).containsExactlyInAnyOrder("a", "b", "c");
				assertThat(databases.orderStates()).hasSize(4).contains(entry("b", "PAID"));
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

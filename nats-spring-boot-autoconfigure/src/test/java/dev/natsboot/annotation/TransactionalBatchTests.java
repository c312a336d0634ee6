package dev.natsboot.annotation;

import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import dev.natsboot.idempotency.IdempotencyStore;
import dev.natsboot.idempotency.InMemoryIdempotencyStore;
import dev.natsboot.listener.BatchAcknowledgment;
import dev.natsboot.listener.BatchListenerFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Batches whose handler runs in a transaction of its own.
 */
class TransactionalBatchTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig().with("ORDERS", "orders.>").with("DEAD", "dead.>");

	@ParameterizedTest
	@ValueSource(strings = { "auto", "all" })
	void whatATransactionUndidBecauseOfAnotherMessageComesAgain(String mode) {
		publish("a", "poison", "b");
		rig.runner(Throwing.class, Database.class).withPropertyValues("mode=" + mode).run((context) -> {
			awaitSettled("throwing");
			assertThat(charges(context)).containsExactlyInAnyOrder("a", "b");
			assertThat(rig.messages("DEAD")).isEqualTo(1);
		});
	}

	@Test
	void whatATransactionUndidIsNotRemembered() {
		publish("a", "poison", "b");
		rig.runner(Remembering.class, Database.class)
			.withBean(IdempotencyStore.class, () -> new InMemoryIdempotencyStore(Duration.ofHours(1), 1000))
			.run((context) -> {
				awaitSettled("remembering");
				assertThat(charges(context)).containsExactlyInAnyOrder("a", "b");
				assertThat(rig.messages("DEAD")).isEqualTo(1);
			});
	}

	@Test
	void anExceptionThatUndoesNothingLeavesTheOthersAcknowledged() {
		publish("a", "poison", "b");
		rig.runner(Committing.class, Database.class).run((context) -> {
			awaitSettled("committing");
			assertThat(charges(context)).containsExactlyInAnyOrder("a", "b");
			assertThat(rig.messages("DEAD")).isEqualTo(1);
		});
	}

	@Test
	void whatIsReportedUndoesNothing() {
		publish("a", "poison", "b");
		rig.runner(Reporting.class, Database.class).run((context) -> {
			awaitSettled("reporting");
			assertThat(charges(context)).containsExactlyInAnyOrder("a", "b");
			assertThat(rig.messages("DEAD")).isEqualTo(1);
		});
	}

	private static void publish(String... orders) {
		for (String order : orders) {
			rig.publish("orders.batch", order);
		}
	}

	private static void awaitSettled(String consumer) {
		await().untilAsserted(
				() -> assertThat(rig.consumer("ORDERS", consumer).getAckFloor().getStreamSequence()).isEqualTo(3));
	}

	private static List<String> charges(AssertableApplicationContext context) {
		return context.getBean(JdbcTemplate.class).queryForList("SELECT id FROM charge", String.class);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement
	static class Database {

		@Bean
		DataSource dataSource() {
			return new EmbeddedDatabaseBuilder().setType(EmbeddedDatabaseType.H2).generateUniqueName(true).build();
		}

		@Bean
		PlatformTransactionManager transactionManager(DataSource dataSource) {
			return new DataSourceTransactionManager(dataSource);
		}

		@Bean
		JdbcTemplate jdbcTemplate(DataSource dataSource) {
			JdbcTemplate jdbc = new JdbcTemplate(dataSource);
			jdbc.execute("CREATE TABLE charge (id VARCHAR(20))");
			return jdbc;
		}

	}

	abstract static class Charging {

		private final JdbcTemplate jdbc;

		Charging(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		void charge(List<String> orders) {
			orders.stream()
				.filter((order) -> !"poison".equals(order))
				.forEach((order) -> this.jdbc.update("INSERT INTO charge (id) VALUES (?)", order));
		}

		void chargeAndThrow(List<String> orders) {
			charge(orders);
			int poison = orders.indexOf("poison");
			if (poison >= 0) {
				throw new BatchListenerFailedException("Rejected", poison, new IllegalStateException("Rejected"));
			}
		}

	}

	static class Throwing extends Charging {

		Throwing(JdbcTemplate jdbc) {
			super(jdbc);
		}

		@Transactional
		@NatsListener(subjects = "orders.batch", stream = "ORDERS", consumer = "throwing", ackMode = "${mode}",
				batchSize = "10", batchLinger = "200ms", maxDeliver = "2", backoff = "50ms",
				deadLetterSubject = "dead.batch")
		public void handle(List<String> orders) {
			chargeAndThrow(orders);
		}

	}

	static class Remembering extends Charging {

		Remembering(JdbcTemplate jdbc) {
			super(jdbc);
		}

		@Transactional
		@NatsListener(subjects = "orders.batch", stream = "ORDERS", consumer = "remembering", idempotency = "true",
				batchSize = "10", batchLinger = "200ms", maxDeliver = "2", backoff = "50ms",
				deadLetterSubject = "dead.batch")
		public void handle(List<String> orders) {
			chargeAndThrow(orders);
		}

	}

	static class Committing extends Charging {

		Committing(JdbcTemplate jdbc) {
			super(jdbc);
		}

		@Transactional(noRollbackFor = BatchListenerFailedException.class)
		@NatsListener(subjects = "orders.batch", stream = "ORDERS", consumer = "committing", batchSize = "10",
				batchLinger = "200ms", maxDeliver = "2", backoff = "50ms", deadLetterSubject = "dead.batch")
		public void handle(List<String> orders) {
			chargeAndThrow(orders);
		}

	}

	static class Reporting extends Charging {

		Reporting(JdbcTemplate jdbc) {
			super(jdbc);
		}

		@Transactional
		@NatsListener(subjects = "orders.batch", stream = "ORDERS", consumer = "reporting", batchSize = "10",
				batchLinger = "200ms", maxDeliver = "2", backoff = "50ms", deadLetterSubject = "dead.batch")
		public void handle(List<String> orders, BatchAcknowledgment acknowledgment) {
			charge(orders);
			int poison = orders.indexOf("poison");
			if (poison >= 0) {
				acknowledgment.fail(poison, new IllegalStateException("Rejected"));
			}
		}

	}

}

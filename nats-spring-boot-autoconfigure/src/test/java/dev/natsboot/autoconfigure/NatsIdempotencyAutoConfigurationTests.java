package dev.natsboot.autoconfigure;

import java.time.Duration;

import javax.sql.DataSource;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.natsboot.annotation.NatsListener;
import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.idempotency.IdempotencyStore;
import dev.natsboot.idempotency.InMemoryIdempotencyStore;
import dev.natsboot.idempotency.JdbcIdempotencyStore;
import dev.natsboot.idempotency.KeyValueIdempotencyStore;
import dev.natsboot.idempotency.MetadataIdempotencyStore;
import dev.natsboot.topology.KeyValueDeclaration;
import dev.natsboot.topology.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.metadata.ConcurrentMetadataStore;
import org.springframework.integration.metadata.SimpleMetadataStore;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class NatsIdempotencyAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(NatsAutoConfiguration.class, NatsConverterAutoConfiguration.class,
				NatsJetStreamOptionsAutoConfiguration.class, NatsTopologyAutoConfiguration.class,
				NatsTemplateAutoConfiguration.class, NatsListenerAutoConfiguration.class,
				NatsIdempotencyAutoConfiguration.class))
		.withPropertyValues("nats.servers=nats://127.0.0.1:1", "nats.listener.auto-startup=false");

	private final ApplicationContextRunner withDatabase = this.runner
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, JdbcTemplateAutoConfiguration.class))
		.withPropertyValues("nats.listener.idempotency.store=jdbc");

	@Test
	void thereIsNoStoreUnlessOneIsAskedFor() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(IdempotencyStore.class));
	}

	@Test
	void theApplicationsOwnStoreComesFirst() {
		this.withDatabase.withUserConfiguration(OwnStore.class)
			.run((context) -> assertThat(context).hasSingleBean(IdempotencyStore.class)
				.hasBean("own")
				.doesNotHaveBean("natsIdempotencySchemaInitializer"));
	}

	@Test
	void remembersInMemory() {
		this.runner.withPropertyValues("nats.listener.idempotency.store=memory")
			.run((context) -> assertThat(context).hasSingleBean(InMemoryIdempotencyStore.class));
	}

	@Test
	void remembersInAMetadataStore() {
		this.runner.withPropertyValues("nats.listener.idempotency.store=metadata")
			.withBean(ConcurrentMetadataStore.class, SimpleMetadataStore::new)
			.run((context) -> assertThat(context).hasSingleBean(MetadataIdempotencyStore.class));
	}

	@Test
	void remembersInABucketThatItDeclares() {
		this.runner.withPropertyValues("nats.listener.idempotency.store=key-value", "nats.listener.idempotency.ttl=2h")
			.run((context) -> {
				assertThat(context).hasSingleBean(KeyValueIdempotencyStore.class);
				assertThat(context.getBean(KeyValueDeclaration.class).configuration().getTtl())
					.isEqualTo(Duration.ofHours(2));
				assertThat(context.getBean(Topology.class).streamNames()).contains("KV_idempotency");
			});
	}

	@Test
	void leavesABucketThatIsNamedToItsDeclaration() {
		this.runner
			.withPropertyValues("nats.listener.idempotency.store=key-value",
					"nats.listener.idempotency.key-value.bucket=marks", "nats.jetstream.key-value.marks.ttl=1h")
			.run((context) -> assertThat(context.getBean(Topology.class).streamNames()).containsExactly("KV_marks"));
	}

	@Test
	void makesTheTableInAnEmbeddedDatabase() {
		this.withDatabase.run((context) -> {
			assertThat(context).hasSingleBean(JdbcIdempotencyStore.class);
			assertThat(rows(context.getBean(JdbcTemplate.class))).isZero();
		});
	}

	@Test
	void makesNoTableWhenToldSo() {
		this.withDatabase.withPropertyValues("nats.listener.idempotency.jdbc.initialize-schema=never")
			.run((context) -> assertThat(context.getBean(JdbcTemplate.class)
				.queryForList("SELECT table_name FROM information_schema.tables "
						+ "WHERE LOWER(table_name) = 'nats_idempotency'", String.class))
				.isEmpty());
	}

	@Test
	void startsWithoutItsDatabaseWhenTheTableIsThere() {
		this.withDatabase
			.withBean(DataSource.class, () -> new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/away"))
			.withPropertyValues("nats.listener.idempotency.jdbc.initialize-schema=never")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(JdbcIdempotencyStore.class));
	}

	private static Integer rows(JdbcTemplate jdbc) {
		return jdbc.queryForObject("SELECT COUNT(*) FROM nats_idempotency", Integer.class);
	}

	@ParameterizedTest
	@CsvSource({ "memory, com.github.ben-manes.caffeine:caffeine", "jdbc, spring-boot-starter-jdbc",
			"metadata, a ConcurrentMetadataStore" })
	void saysWhatAStoreLacks(String store, String missing) {
		this.runner.withClassLoader(new FilteredClassLoader(Caffeine.class))
			.withPropertyValues("nats.listener.idempotency.store=" + store)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidNatsPropertyException.class)
				.hasMessageContaining("nats.listener.idempotency.store")
				.hasMessageContaining(missing));
	}

	@Test
	void worksWithoutTheLibrariesOfOtherStores() {
		this.runner.withClassLoader(new FilteredClassLoader("com.github.benmanes", "org.springframework.jdbc",
				"org.springframework.boot.jdbc", "org.springframework.transaction", "org.springframework.integration"))
			.withPropertyValues("nats.listener.idempotency.store=key-value")
			.run((context) -> assertThat(context).hasSingleBean(KeyValueIdempotencyStore.class));
	}

	@Test
	void withTwoConnectionsOneHasToBeNamed() {
		this.runner.withBean("first", NatsConnectionManager.class, () -> mock(NatsConnectionManager.class))
			.withBean("second", NatsConnectionManager.class, () -> mock(NatsConnectionManager.class))
			.withPropertyValues("nats.listener.idempotency.store=key-value")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("declare a KeyValueIdempotencyStore bean"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "idempotency = true | there is no bean of type | nats.listener.idempotency.store",
					"idempotency = marks | is 'marks', but there is no bean of this name | declare one" })
	void aListenerThatNamesNoStoreIsRefused(String attribute, String problem, String remedy) {
		refused(attribute.endsWith("true") ? Listening.class : Naming.class, false, problem, remedy);
	}

	@Test
	void aListenerWithoutAStreamIsRefused() {
		refused(Core.class, true, "'idempotency' needs JetStream", "stream = \"ORDERS\"");
	}

	@Test
	void aListenerThatAcknowledgesByHandIsRefused() {
		refused(Manual.class, true, "'idempotency' needs ackMode = \"auto\"", "MANUAL");
	}

	@Test
	void aKeyWithoutAStoreIsRefused() {
		refused(KeyOnly.class, true, "'idempotencyKey' is 'subject[1]'", "idempotency = \"true\"");
	}

	@Test
	void aKeyThatIsNoExpressionIsRefused() {
		refused(WrongKey.class, true, "'idempotencyKey' is 'subjekt[1]'", "headers['order-id']");
	}

	@Test
	void aKeyWithDelimitersIsRefused() {
		refused(DelimitedKey.class, true, "'idempotencyKey' is '#{subject[1]}'", "without #{}");
	}

	private void refused(Class<?> listener, boolean store, String problem, String remedy) {
		this.runner.withUserConfiguration(listener)
			.withPropertyValues(store ? "nats.listener.idempotency.store=memory" : "x=y")
			.run((context) -> assertThat(context.getStartupFailure()).hasMessageContaining(problem)
				.hasMessageContaining(remedy));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnStore {

		@Bean
		IdempotencyStore own() {
			return mock(IdempotencyStore.class);
		}

	}

	static class Listening {

		@NatsListener(subjects = "orders.a", stream = "ORDERS", idempotency = "true")
		void handle(String order) {
		}

	}

	static class Naming {

		@NatsListener(subjects = "orders.a", stream = "ORDERS", idempotency = "marks")
		void handle(String order) {
		}

	}

	static class Core {

		@NatsListener(subjects = "orders.a", idempotency = "true")
		void handle(String order) {
		}

	}

	static class Manual {

		@NatsListener(subjects = "orders.a", stream = "ORDERS", idempotency = "true", ackMode = "manual")
		void handle(String order) {
		}

	}

	static class KeyOnly {

		@NatsListener(subjects = "orders.a", stream = "ORDERS", idempotencyKey = "subject[1]")
		void handle(String order) {
		}

	}

	static class WrongKey {

		@NatsListener(subjects = "orders.a", stream = "ORDERS", idempotency = "true", idempotencyKey = "subjekt[1]")
		void handle(String order) {
		}

	}

	static class DelimitedKey {

		@NatsListener(subjects = "orders.a", stream = "ORDERS", idempotency = "true", idempotencyKey = "#{subject[1]}")
		void handle(String order) {
		}

	}

}

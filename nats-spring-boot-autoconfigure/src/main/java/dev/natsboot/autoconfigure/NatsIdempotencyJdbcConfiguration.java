package dev.natsboot.autoconfigure;

import javax.sql.DataSource;

import dev.natsboot.idempotency.IdempotencyStore;
import dev.natsboot.idempotency.JdbcIdempotencyStore;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.init.PropertiesBasedDataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.autoconfigure.init.OnDatabaseInitializationCondition;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The idempotency store in a relational database.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ JdbcTemplate.class, PropertiesBasedDataSourceScriptDatabaseInitializer.class })
@ConditionalOnProperty(name = "nats.listener.idempotency.store", havingValue = "jdbc")
@ConditionalOnSingleCandidate(DataSource.class)
@ConditionalOnBean(PlatformTransactionManager.class)
@ConditionalOnMissingBean(IdempotencyStore.class)
@EnableConfigurationProperties(NatsIdempotencyJdbcProperties.class)
@Import(DatabaseInitializationDependencyConfigurer.class)
class NatsIdempotencyJdbcConfiguration {

	@Bean
	@DependsOnDatabaseInitialization
	JdbcIdempotencyStore natsIdempotencyStore(DataSource dataSource, PlatformTransactionManager transactions,
			NatsIdempotencyProperties properties, NatsIdempotencyJdbcProperties jdbc) {
		return new JdbcIdempotencyStore(new JdbcTemplate(dataSource), transactions, jdbc.getTableName(),
				properties.getTtl());
	}

	@Bean
	@ConditionalOnMissingBean(name = "natsIdempotencySchemaInitializer")
	@Conditional(SchemaCondition.class)
	PropertiesBasedDataSourceScriptDatabaseInitializer<NatsIdempotencyJdbcProperties> natsIdempotencySchemaInitializer(
			DataSource dataSource, NatsIdempotencyJdbcProperties properties) {
		return new PropertiesBasedDataSourceScriptDatabaseInitializer<>(dataSource, properties);
	}

	/**
	 * Even one that has nothing to do asks the database which it is.
	 */
	static class SchemaCondition extends OnDatabaseInitializationCondition {

		SchemaCondition() {
			super("Idempotency", "nats.listener.idempotency.jdbc.initialize-schema");
		}

	}

}

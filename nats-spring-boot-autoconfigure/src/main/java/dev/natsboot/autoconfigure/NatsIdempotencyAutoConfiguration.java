package dev.natsboot.autoconfigure;

import dev.natsboot.idempotency.IdempotencyStore;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration of the {@link IdempotencyStore} that the property
 * {@code nats.listener.idempotency.store} names.
 */
@AutoConfiguration(before = { NatsTopologyAutoConfiguration.class, NatsListenerAutoConfiguration.class },
		after = { NatsAutoConfiguration.class, NatsJetStreamOptionsAutoConfiguration.class },
		afterName = { "org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration",
				"org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
				"org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
				"org.springframework.boot.integration.autoconfigure.IntegrationAutoConfiguration" })
@ConditionalOnClass(IdempotencyStore.class)
@EnableConfigurationProperties(NatsIdempotencyProperties.class)
@Import({ NatsIdempotencyMemoryConfiguration.class, NatsIdempotencyJdbcConfiguration.class,
		NatsIdempotencyKeyValueConfiguration.class, NatsIdempotencyMetadataConfiguration.class,
		NatsIdempotencyMissingConfiguration.class })
public final class NatsIdempotencyAutoConfiguration {

	NatsIdempotencyAutoConfiguration() {
	}

}

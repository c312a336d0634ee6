package dev.natsboot.autoconfigure;

import dev.natsboot.idempotency.IdempotencyStore;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Says what a store lacks that was asked for and could not be made.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("nats.listener.idempotency.store")
@ConditionalOnMissingBean(IdempotencyStore.class)
class NatsIdempotencyMissingConfiguration {

	@Bean
	IdempotencyStore natsIdempotencyStore(NatsIdempotencyProperties properties) {
		NatsIdempotencyProperties.@Nullable Store store = properties.getStore();
		throw new InvalidNatsPropertyException("nats.listener.idempotency.store", store, missing(store),
				"memory, with com.github.ben-manes.caffeine:caffeine among the dependencies");
	}

	private static String missing(NatsIdempotencyProperties.@Nullable Store store) {
		if (store == null) {
			return "it is empty";
		}
		return switch (store) {
			case MEMORY -> "it needs Caffeine: add the dependency com.github.ben-manes.caffeine:caffeine";
			case JDBC -> "it needs a DataSource and a PlatformTransactionManager: add the dependency "
					+ "org.springframework.boot:spring-boot-starter-jdbc, and when there are several, declare a "
					+ "JdbcIdempotencyStore bean";
			case KEY_VALUE -> "it needs one NATS connection: when there are several and none is primary, declare a "
					+ "KeyValueIdempotencyStore bean";
			case METADATA -> "it needs a ConcurrentMetadataStore: add the dependency "
					+ "org.springframework.integration:spring-integration-core, and declare a bean, for example a "
					+ "JdbcMetadataStore";
		};
	}

}

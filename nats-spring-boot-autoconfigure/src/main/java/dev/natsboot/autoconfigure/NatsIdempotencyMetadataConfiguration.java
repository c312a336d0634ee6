package dev.natsboot.autoconfigure;

import dev.natsboot.idempotency.IdempotencyStore;
import dev.natsboot.idempotency.MetadataIdempotencyStore;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.metadata.ConcurrentMetadataStore;

/**
 * The idempotency store in Spring Integration's metadata store.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ConcurrentMetadataStore.class)
@ConditionalOnProperty(name = "nats.listener.idempotency.store", havingValue = "metadata")
@ConditionalOnSingleCandidate(ConcurrentMetadataStore.class)
class NatsIdempotencyMetadataConfiguration {

	@Bean
	@ConditionalOnMissingBean(IdempotencyStore.class)
	MetadataIdempotencyStore natsIdempotencyStore(ConcurrentMetadataStore store, NatsIdempotencyProperties properties) {
		return new MetadataIdempotencyStore(store, properties.getLease());
	}

}

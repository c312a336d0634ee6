package dev.natsboot.autoconfigure;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.natsboot.idempotency.IdempotencyStore;
import dev.natsboot.idempotency.InMemoryIdempotencyStore;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The idempotency store in memory.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(Caffeine.class)
@ConditionalOnProperty(name = "nats.listener.idempotency.store", havingValue = "memory")
class NatsIdempotencyMemoryConfiguration {

	@Bean
	@ConditionalOnMissingBean(IdempotencyStore.class)
	InMemoryIdempotencyStore natsIdempotencyStore(NatsIdempotencyProperties properties) {
		return new InMemoryIdempotencyStore(properties.getTtl(), properties.getMemory().getMaximumSize());
	}

}

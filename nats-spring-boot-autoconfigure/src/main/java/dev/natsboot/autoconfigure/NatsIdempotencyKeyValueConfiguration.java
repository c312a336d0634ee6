package dev.natsboot.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.idempotency.IdempotencyStore;
import dev.natsboot.idempotency.KeyValueIdempotencyStore;
import dev.natsboot.topology.KeyValueDeclaration;
import io.nats.client.JetStreamOptions;
import io.nats.client.KeyValue;
import io.nats.client.KeyValueOptions;
import io.nats.client.api.KeyValueConfiguration;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The idempotency store in a JetStream key-value bucket.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "nats.listener.idempotency.store", havingValue = "key-value")
@ConditionalOnSingleCandidate(NatsConnectionManager.class)
@ConditionalOnMissingBean(IdempotencyStore.class)
class NatsIdempotencyKeyValueConfiguration {

	private static final String DEFAULT_BUCKET = "idempotency";

	@Bean
	KeyValueIdempotencyStore natsIdempotencyStore(NatsConnectionManager manager, JetStreamOptions options,
			NatsIdempotencyProperties properties) {
		String declared = properties.getKeyValue().getBucket();
		String bucket = (declared != null) ? declared : DEFAULT_BUCKET;
		KeyValueOptions keyValueOptions = KeyValueOptions.builder().jetStreamOptions(options).build();
		KeyValue keyValue = manager.follow(KeyValue.class, (connection) -> {
			try {
				return connection.keyValue(bucket, keyValueOptions);
			}
			catch (IOException ex) {
				throw new UncheckedIOException("The bucket '" + bucket + "' of the idempotency store can't be opened: "
						+ ex.getMessage() + ". Declare it, for example nats.jetstream.key-value." + bucket + ".ttl=1d",
						ex);
			}
		});
		return new KeyValueIdempotencyStore(() -> keyValue, properties.getLease());
	}

	@Bean
	@ConditionalOnProperty(name = "nats.listener.idempotency.key-value.bucket", matchIfMissing = true,
			havingValue = "false")
	KeyValueDeclaration natsIdempotencyBucket(NatsIdempotencyProperties properties) {
		return new KeyValueDeclaration(KeyValueConfiguration.builder(DEFAULT_BUCKET).ttl(properties.getTtl()).build(),
				Set.of(), null, "nats.listener.idempotency");
	}

}

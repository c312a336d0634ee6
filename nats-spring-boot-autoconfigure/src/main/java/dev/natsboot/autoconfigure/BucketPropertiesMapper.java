package dev.natsboot.autoconfigure;

import dev.natsboot.topology.KeyValueDeclaration;
import dev.natsboot.topology.ObjectStoreDeclaration;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.ObjectStoreConfiguration;

/**
 * Makes declarations of {@code nats.jetstream.key-value.*} and
 * {@code nats.jetstream.object-store.*}.
 */
final class BucketPropertiesMapper {

	private BucketPropertiesMapper() {
	}

	static KeyValueDeclaration map(String key, NatsJetStreamProperties.KeyValue properties) {
		String prefix = "nats.jetstream.key-value." + key;
		KeyValueConfiguration.Builder builder = KeyValueConfiguration.builder();
		DeclaredAttributes attributes = new DeclaredAttributes(prefix)
			.apply("name", (properties.getName() != null) ? properties.getName() : key, builder::name)
			.apply("description", properties.getDescription(), builder::description)
			.apply("storage", properties.getStorage(), builder::storageType)
			.apply("replicas", properties.getReplicas(), builder::replicas)
			.apply("ttl", properties.getTtl(), builder::ttl)
			.apply("max-bytes", properties.getMaxBytes(), (size) -> builder.maxBucketSize(size.toBytes()))
			.apply("history", properties.getHistory(), builder::maxHistoryPerKey)
			.apply("max-value-size", properties.getMaxValueSize(),
					(size) -> builder.maximumValueSize(Math.toIntExact(size.toBytes())))
			.apply("limit-marker-ttl", properties.getLimitMarkerTtl(), builder::limitMarker)
			.apply("compression", properties.getCompression(), builder::compression)
			.apply("metadata", properties.getMetadata(), builder::metadata);
		return new KeyValueDeclaration(builder.build(), attributes.names(), properties.getProvisioning(), prefix);
	}

	static ObjectStoreDeclaration map(String key, NatsJetStreamProperties.ObjectStore properties) {
		String prefix = "nats.jetstream.object-store." + key;
		ObjectStoreConfiguration.Builder builder = ObjectStoreConfiguration.builder();
		DeclaredAttributes attributes = new DeclaredAttributes(prefix)
			.apply("name", (properties.getName() != null) ? properties.getName() : key, builder::name)
			.apply("description", properties.getDescription(), builder::description)
			.apply("storage", properties.getStorage(), builder::storageType)
			.apply("replicas", properties.getReplicas(), builder::replicas)
			.apply("ttl", properties.getTtl(), builder::ttl)
			.apply("max-bytes", properties.getMaxBytes(), (size) -> builder.maxBucketSize(size.toBytes()))
			.apply("compression", properties.getCompression(), builder::compression)
			.apply("metadata", properties.getMetadata(), builder::metadata);
		return new ObjectStoreDeclaration(builder.build(), attributes.names(), properties.getProvisioning(), prefix);
	}

}

package dev.natsboot.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

import dev.natsboot.topology.ConsumerDeclaration;
import dev.natsboot.topology.KeyValueDeclaration;
import dev.natsboot.topology.ObjectStoreDeclaration;
import dev.natsboot.topology.StreamDeclaration;
import dev.natsboot.topology.Topology;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.ObjectStoreConfiguration;
import io.nats.client.api.StreamConfiguration;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Collects what properties and beans declare.
 */
final class TopologyFactory {

	private final NatsJetStreamProperties properties;

	private final ListableBeanFactory beans;

	TopologyFactory(NatsJetStreamProperties properties, ListableBeanFactory beans) {
		this.properties = properties;
		this.beans = beans;
	}

	Topology create() {
		return new Topology(this.properties.getProvisioning(), this.properties.getReplicas(), streams(),
				keyValueBuckets(), objectStores(), consumers());
	}

	private List<StreamDeclaration> streams() {
		List<StreamDeclaration> streams = new ArrayList<>();
		this.properties.getStreams().forEach((key, stream) -> streams.add(StreamPropertiesMapper.map(key, stream)));
		addBeans(streams, StreamConfiguration.class,
				(name, stream) -> new StreamDeclaration(stream, Set.of(), null, name));
		addBeans(streams, StreamDeclaration.class, (name, stream) -> stream);
		return streams;
	}

	private List<KeyValueDeclaration> keyValueBuckets() {
		List<KeyValueDeclaration> buckets = new ArrayList<>();
		this.properties.getKeyValue().forEach((key, bucket) -> buckets.add(BucketPropertiesMapper.map(key, bucket)));
		addBeans(buckets, KeyValueConfiguration.class,
				(name, bucket) -> new KeyValueDeclaration(bucket, Set.of(), null, name));
		addBeans(buckets, KeyValueDeclaration.class, (name, bucket) -> bucket);
		return buckets;
	}

	private List<ObjectStoreDeclaration> objectStores() {
		List<ObjectStoreDeclaration> stores = new ArrayList<>();
		this.properties.getObjectStore().forEach((key, store) -> stores.add(BucketPropertiesMapper.map(key, store)));
		addBeans(stores, ObjectStoreConfiguration.class,
				(name, store) -> new ObjectStoreDeclaration(store, Set.of(), null, name));
		addBeans(stores, ObjectStoreDeclaration.class, (name, store) -> store);
		return stores;
	}

	private List<ConsumerDeclaration> consumers() {
		List<ConsumerDeclaration> consumers = new ArrayList<>();
		this.properties.getConsumers()
			.forEach((key, consumer) -> consumers.add(ConsumerPropertiesMapper.map(key, consumer)));
		addBeans(consumers, ConsumerDeclaration.class, (name, consumer) -> consumer);
		return consumers;
	}

	private <B, D> void addBeans(List<D> declarations, Class<B> type, BiFunction<String, B, D> declaration) {
		for (Map.Entry<String, B> bean : this.beans.getBeansOfType(type).entrySet()) {
			declarations.add(declaration.apply("bean '" + bean.getKey() + "'", bean.getValue()));
		}
	}

}

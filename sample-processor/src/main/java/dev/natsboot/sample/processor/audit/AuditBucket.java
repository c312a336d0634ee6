package dev.natsboot.sample.processor.audit;

import java.io.IOException;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.ObjectStore;
import io.nats.client.api.ObjectStoreConfiguration;

import org.springframework.beans.factory.annotation.Value;

/**
 * The bucket {@code audit} of the JetStream object store, made when it is used first.
 */
class AuditBucket {

	static final String NAME = "audit";

	private final Connection connection;

	private final int replicas;

	private volatile boolean created;

	AuditBucket(Connection connection, @Value("${sample.replicas}") int replicas) {
		this.connection = connection;
		this.replicas = replicas;
	}

	ObjectStore open() throws IOException, JetStreamApiException {
		if (!this.created) {
			create();
		}
		return this.connection.objectStore(NAME);
	}

	private void create() throws IOException, JetStreamApiException {
		if (!this.connection.objectStoreManagement().getBucketNames().contains(NAME)) {
			this.connection.objectStoreManagement()
				.create(ObjectStoreConfiguration.builder(NAME)
					.description("Every event of the order streams")
					.replicas(this.replicas)
					.build());
		}
		this.created = true;
	}

}

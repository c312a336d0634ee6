package dev.natsboot.service;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What one instance of a NATS service says about itself and its endpoints.
 *
 * @param instance who answered
 * @param description what the service does, or {@code null}
 * @param endpoints where it takes requests
 */
public record ServiceInfo(ServiceInstance instance, @Nullable String description, List<Endpoint> endpoints) {

	/**
	 * Copy the endpoints.
	 * @param instance who answered
	 * @param description what the service does, or {@code null}
	 * @param endpoints where it takes requests
	 */
	public ServiceInfo {
		endpoints = List.copyOf(endpoints);
	}

	/**
	 * Find an endpoint.
	 * @param name the endpoint's name within the service
	 * @return the endpoint, or nothing when there is none with this name
	 */
	public Optional<Endpoint> endpoint(String name) {
		return this.endpoints.stream().filter((endpoint) -> endpoint.name().equals(name)).findFirst();
	}

	/**
	 * Where a service takes requests.
	 *
	 * @param name the name within the service
	 * @param subject the subject that the instances share
	 * @param queue the queue group, or {@code null} when every instance answers every
	 * request
	 * @param metadata what the service says about the endpoint
	 */
	public record Endpoint(String name, String subject, @Nullable String queue, Map<String, String> metadata) {

		/**
		 * The metadata's key for the {@link #instanceSubject()}. Not part of ADR-32,
		 * which has no way of calling a chosen instance.
		 */
		public static final String INSTANCE_SUBJECT = "instance-subject";

		/**
		 * Copy the metadata.
		 * @param name the name within the service
		 * @param subject the subject that the instances share
		 * @param queue the queue group, or {@code null}
		 * @param metadata the metadata
		 */
		public Endpoint {
			metadata = Map.copyOf(metadata);
		}

		/**
		 * Where to send a request that this very instance is to answer.
		 * @return the subject, or {@code null} when the instance offers none; services
		 * not written with this library don't
		 */
		public @Nullable String instanceSubject() {
			return this.metadata.get(INSTANCE_SUBJECT);
		}

	}

}

package dev.natsboot.service;

import java.util.Map;

/**
 * One running instance of a NATS service.
 *
 * @param name the service's name
 * @param id the instance's id
 * @param version the service's semantic version
 * @param metadata what the service says about itself, possibly nothing
 */
public record ServiceInstance(String name, String id, String version, Map<String, String> metadata) {

	/**
	 * Copy the metadata.
	 * @param name the service's name
	 * @param id the instance's id
	 * @param version the service's version
	 * @param metadata the metadata
	 */
	public ServiceInstance {
		metadata = Map.copyOf(metadata);
	}

}

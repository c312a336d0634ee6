package dev.natsboot.listener;

import java.util.Collection;

import org.jspecify.annotations.Nullable;

/**
 * The listener containers of the application.
 */
public class NatsListenerEndpointRegistry {

	/**
	 * All containers in the order of their registration.
	 * @return the containers
	 */
	public Collection<ListenerContainer> getListenerContainers() {
		throw new UnsupportedOperationException();
	}

	/**
	 * The container of an endpoint.
	 * @param id the endpoint's id
	 * @return the container, or {@code null} when there is none with this id
	 */
	public @Nullable ListenerContainer getListenerContainer(String id) {
		throw new UnsupportedOperationException();
	}

}

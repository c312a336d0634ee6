package dev.natsboot.service;

import dev.natsboot.connection.NatsNotConnectedException;

/**
 * Told by {@link NatsServiceDiscovery#watch} which instances come and go. Called on one
 * thread, one call at a time.
 */
public interface ServiceWatcher {

	/**
	 * An instance answered for the first time.
	 * @param instance the instance
	 */
	void appeared(ServiceInstance instance);

	/**
	 * An instance that answered before did not answer the latest query.
	 * @param instance the instance
	 */
	void gone(ServiceInstance instance);

	/**
	 * Nothing is known because NATS can't be reached; the instances may all be well.
	 * @param ex says why
	 */
	default void unreachable(NatsNotConnectedException ex) {
	}

}

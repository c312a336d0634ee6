package dev.natsboot.autoconfigure;

import io.nats.client.Options;

/**
 * Changes the client's options before the auto-configured connection is made. Beans of
 * this type are applied in their order, after the properties. A connection listener or
 * error listener that is set here is called in addition to the library's own.
 */
@FunctionalInterface
public interface NatsOptionsCustomizer {

	/**
	 * Change the options. Called again for each new connection.
	 * @param options the options so far
	 */
	void customize(Options.Builder options);

}

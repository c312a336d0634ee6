package dev.natsboot.connection;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Sees to it that there is a connection between one start and the next stop.
 */
interface ConnectionKeeper {

	/**
	 * Begin, and wait for the first attempt.
	 * @throws NatsConnectException when it failed and that is fatal
	 */
	void start();

	/**
	 * End for good. What was published is delivered and running handlers finish, within
	 * the timeout.
	 */
	void stop(Duration drainTimeout);

	/**
	 * The connection in use.
	 */
	@Nullable Adoption current();

	/**
	 *
	 * /** The servers to connect to, without credentials.
	 */
	String servers();

}

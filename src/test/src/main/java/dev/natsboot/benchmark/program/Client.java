package dev.natsboot.benchmark.program;

import java.util.concurrent.CompletableFuture;

/**
 * How a program publishes and requests.
 */
interface Client {

	/**
	 * Publish without JetStream.
	 */
	void publish(Object payload);

	/**
	 * Publish to a stream, and wait for the confirmation.
	 */
	void store(Object payload);

	/**
	 * Publish to a stream, waiting only while too much is unconfirmed.
	 */
	CompletableFuture<?> storeAsync(Object payload);

	/**
	 * Send a request, and wait for the reply.
	 */
	void request(Object payload);

	/**
	 * Send a request.
	 */
	CompletableFuture<?> requestAsync(Object payload);

}

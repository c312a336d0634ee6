package dev.natsboot.service;

import dev.natsboot.connection.NatsConnectionManager;
import io.nats.client.Connection;

/**
 * A started connection manager, whose connection the test may replace.
 */
final class TestConnection implements AutoCloseable {

	private final NatsConnectionManager manager;

	TestConnection(String url) {
		this.manager = NatsConnectionManager.builder().name("test").options((options) -> options.server(url)).build();
		this.manager.start();
	}

	NatsConnectionManager manager() {
		return this.manager;
	}

	Connection connection() {
		return this.manager.current();
	}

	/**
	 * Close the client's connection, so that the manager makes another.
	 */
	void closeForGood() throws InterruptedException {
		this.manager.current().close();
	}

	@Override
	public void close() {
		this.manager.destroy();
	}

}

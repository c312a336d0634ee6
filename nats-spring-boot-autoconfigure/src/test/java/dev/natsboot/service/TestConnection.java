package dev.natsboot.service;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.natsboot.connection.ConnectionLifecycleListener;
import dev.natsboot.connection.NatsConnectionManager;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;

/**
 * A connection manager whose connection is made and replaced by the test.
 */
final class TestConnection implements AutoCloseable {

	private final NatsConnectionManager manager = mock(NatsConnectionManager.class);

	private final List<ConnectionLifecycleListener> listeners = new CopyOnWriteArrayList<>();

	private final Options options;

	private volatile Connection connection;

	TestConnection(String url) {
		this.options = new Options.Builder().server(url).maxReconnects(-1).build();
		given(this.manager.name()).willReturn("test");
		given(this.manager.currentOrNull()).willAnswer((invocation) -> this.connection);
		given(this.manager.current()).willAnswer((invocation) -> this.connection);
		willAnswer((invocation) -> this.listeners.add(invocation.getArgument(0))).given(this.manager)
			.addListener(any());
		willAnswer((invocation) -> this.listeners.remove(invocation.getArgument(0))).given(this.manager)
			.removeListener(any());
	}

	static TestConnection connected(String url) throws IOException, InterruptedException {
		TestConnection connection = new TestConnection(url);
		connection.connect();
		return connection;
	}

	NatsConnectionManager manager() {
		return this.manager;
	}

	Connection connection() {
		return this.connection;
	}

	void connect() throws IOException, InterruptedException {
		Connection connection = Nats.connect(this.options);
		this.connection = connection;
		this.listeners.forEach((listener) -> listener.onConnected(connection));
	}

	void closeForGood() throws InterruptedException {
		Connection closed = this.connection;
		this.connection = null;
		closed.close();
		this.listeners.forEach((listener) -> listener.onClosed(closed));
	}

	@Override
	public void close() throws InterruptedException {
		if (this.connection != null) {
			this.connection.close();
		}
	}

}

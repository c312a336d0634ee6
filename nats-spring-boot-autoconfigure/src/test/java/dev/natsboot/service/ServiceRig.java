package dev.natsboot.service;

import java.time.Duration;
import java.util.Map;

import dev.natsboot.convert.MessagingPayloadConverter;
import dev.natsboot.convert.NatsMessageConverters;
import dev.natsboot.convert.PayloadConverter;
import dev.natsboot.core.NatsExecutor;
import dev.natsboot.observation.NatsMetrics;
import tools.jackson.databind.json.JsonMapper;

/**
 * A registry on a connection, both closed by the test.
 */
final class ServiceRig implements AutoCloseable {

	static final PayloadConverter CONVERTER = new MessagingPayloadConverter(
			NatsMessageConverters.withJson(JsonMapper.builder().build()));

	private final NatsExecutor executor;

	private final TestConnection connection;

	private final NatsServiceRegistry registry;

	private ServiceRig(TestConnection connection, ServiceSettings settings, NatsExecutor executor,
			NatsMetrics metrics) {
		this.connection = connection;
		this.executor = executor;
		this.registry = new NatsServiceRegistry(settings, CONVERTER, null, this.executor, metrics);
	}

	static ServiceRig on(String url) throws Exception {
		return on(url, Duration.ofSeconds(5), NatsMetrics.NONE);
	}

	static ServiceRig on(String url, Duration shutdownTimeout, NatsMetrics metrics) throws Exception {
		return on(url, shutdownTimeout, NatsExecutor.platformThreads(), metrics);
	}

	static ServiceRig on(String url, Duration shutdownTimeout, NatsExecutor executor, NatsMetrics metrics) {
		return new ServiceRig(new TestConnection(url), settings(shutdownTimeout), executor, metrics);
	}

	static ServiceSettings settings(Duration shutdownTimeout) {
		return new ServiceSettings("test-service", "1.2.3", "Serves tests", Map.of("zone", "a"), shutdownTimeout, true,
				true);
	}

	TestConnection connection() {
		return this.connection;
	}

	NatsServiceRegistry registry() {
		return this.registry;
	}

	RequestHandlerContainer register(RequestEndpoint endpoint) {
		return this.registry.register(endpoint, this.connection.manager());
	}

	ServiceRig start(RequestEndpoint... endpoints) {
		for (RequestEndpoint endpoint : endpoints) {
			register(endpoint);
		}
		this.registry.start();
		return this;
	}

	@Override
	public void close() throws Exception {
		this.registry.destroy();
		this.connection.close();
		this.executor.close();
	}

}

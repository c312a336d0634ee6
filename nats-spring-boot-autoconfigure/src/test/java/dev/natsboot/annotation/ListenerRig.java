package dev.natsboot.annotation;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.natsboot.autoconfigure.NatsConverterAutoConfiguration;
import dev.natsboot.autoconfigure.NatsJetStreamOptionsAutoConfiguration;
import dev.natsboot.autoconfigure.NatsListenerAutoConfiguration;
import dev.natsboot.autoconfigure.NatsTemplateAutoConfiguration;
import dev.natsboot.autoconfigure.NatsTopologyAutoConfiguration;
import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.testsupport.NatsServer;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A server, a client of its own, and a runner for applications with listeners. As a
 * static extension it lives as long as the tests of its class, else as long as one of
 * them when its field is closed automatically.
 */
final class ListenerRig implements BeforeEachCallback, AfterAllCallback, AutoCloseable {

	private final NatsServer server;

	private final Map<String, String[]> streams = new LinkedHashMap<>();

	private Connection client;

	/**
	 * Start a server.
	 * @param configuration the lines to add to its configuration file
	 */
	ListenerRig(String... configuration) {
		this.server = new NatsServer(configuration);
		connect();
	}

	/**
	 * Have a stream that is empty before each test.
	 */
	ListenerRig with(String stream, String... subjects) {
		this.streams.put(stream, subjects);
		return this;
	}

	@Override
	public void beforeEach(ExtensionContext context) throws Exception {
		for (Map.Entry<String, String[]> stream : this.streams.entrySet()) {
			stream(stream.getKey(), stream.getValue());
		}
	}

	@Override
	public void afterAll(ExtensionContext context) throws Exception {
		close();
	}

	NatsServer server() {
		return this.server;
	}

	Connection client() {
		return this.client;
	}

	void connect() {
		try {
			this.client = Nats.connect(this.server.url());
		}
		catch (IOException | InterruptedException ex) {
			this.server.close();
			throw new IllegalStateException("The test has no server", ex);
		}
	}

	JetStreamManagement management() throws IOException {
		return this.client.jetStreamManagement();
	}

	void stream(String name, String... subjects) throws IOException, JetStreamApiException {
		if (management().getStreamNames().contains(name)) {
			deleteStream(name);
		}
		management().addStream(StreamConfiguration.builder()
			.name(name)
			.subjects(subjects)
			.storageType(StorageType.File)
			.duplicateWindow(Duration.ofMinutes(2))
			.build());
	}

	void deleteStream(String name) throws IOException, JetStreamApiException {
		this.server.deleteStream(management(), name);
	}

	ConsumerInfo consumer(String stream, String consumer) {
		try {
			return management().getConsumerInfo(stream, consumer);
		}
		catch (IOException | JetStreamApiException ex) {
			throw new IllegalStateException(ex);
		}
	}

	long messages(String stream) {
		try {
			return management().getStreamInfo(stream).getStreamState().getMsgCount();
		}
		catch (IOException | JetStreamApiException ex) {
			throw new IllegalStateException(ex);
		}
	}

	void publish(String subject, String text) {
		try {
			this.client.jetStream().publish(subject, text.getBytes());
		}
		catch (IOException | JetStreamApiException ex) {
			throw new IllegalStateException(ex);
		}
	}

	ApplicationContextRunner runner(Class<?>... configurations) {
		return runner(this.server.url(), configurations);
	}

	static ApplicationContextRunner runner(String url, Class<?>... configurations) {
		return new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(JacksonAutoConfiguration.class, NatsConverterAutoConfiguration.class,
							NatsJetStreamOptionsAutoConfiguration.class, NatsTopologyAutoConfiguration.class,
							NatsTemplateAutoConfiguration.class, NatsListenerAutoConfiguration.class))
			.withPropertyValues("test.url=" + url, "nats.listener.shutdown-timeout=5s")
			.withUserConfiguration(ConnectionConfiguration.class)
			.withUserConfiguration(configurations);
	}

	@Override
	public void close() throws InterruptedException {
		this.client.close();
		this.server.close();
	}

	@Configuration(proxyBeanMethods = false)
	static class ConnectionConfiguration {

		@Bean
		NatsConnectionManager natsConnectionManager(
				@org.springframework.beans.factory.annotation.Value("${test.url}") String url) {
			return NatsConnectionManager.builder()
				.options((options) -> options.server(url).reconnectWait(Duration.ofMillis(50)))
				.build();
		}

	}

}

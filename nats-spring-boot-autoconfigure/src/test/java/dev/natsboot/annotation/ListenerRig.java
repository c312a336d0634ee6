package dev.natsboot.annotation;

import java.io.IOException;
import java.time.Duration;

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

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A server, a client of its own, and a runner for applications with listeners.
 */
final class ListenerRig implements AutoCloseable {

	private final NatsServer server = new NatsServer();

	private Connection client;

	ListenerRig() throws Exception {
		connect();
	}

	NatsServer server() {
		return this.server;
	}

	Connection client() {
		return this.client;
	}

	void connect() throws IOException, InterruptedException {
		this.client = Nats.connect(this.server.url());
	}

	JetStreamManagement management() throws IOException {
		return this.client.jetStreamManagement();
	}

	void stream(String name, String... subjects) throws IOException, JetStreamApiException {
		if (management().getStreamNames().contains(name)) {
			management().deleteStream(name);
		}
		management().addStream(StreamConfiguration.builder()
			.name(name)
			.subjects(subjects)
			.storageType(StorageType.File)
			.duplicateWindow(Duration.ofMinutes(2))
			.build());
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

package dev.natsboot.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;

import dev.natsboot.connection.NatsConnectionManager;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.KeyValueManagement;
import io.nats.client.KeyValueOptions;
import io.nats.client.ObjectStoreManagement;
import io.nats.client.ObjectStoreOptions;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/**
 * Auto-configuration of JetStream contexts. They can be injected before NATS is there,
 * and follow a connection that is replaced. They are made for whoever asks for them: few
 * applications ask for all.
 */
@Lazy
@AutoConfiguration(after = { NatsAutoConfiguration.class, NatsJetStreamOptionsAutoConfiguration.class })
@ConditionalOnClass(JetStream.class)
@ConditionalOnSingleCandidate(NatsConnectionManager.class)
@ConditionalOnBean(JetStreamOptions.class)
public final class NatsJetStreamAutoConfiguration {

	NatsJetStreamAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	JetStream natsJetStream(NatsConnectionManager manager, JetStreamOptions options) {
		return follow(manager, JetStream.class, (connection) -> connection.jetStream(options));
	}

	@Bean
	@ConditionalOnMissingBean
	JetStreamManagement natsJetStreamManagement(NatsConnectionManager manager, JetStreamOptions options) {
		return follow(manager, JetStreamManagement.class, (connection) -> connection.jetStreamManagement(options));
	}

	@Bean
	@ConditionalOnMissingBean
	KeyValueManagement natsKeyValueManagement(NatsConnectionManager manager, JetStreamOptions options) {
		KeyValueOptions keyValueOptions = KeyValueOptions.builder().jetStreamOptions(options).build();
		return follow(manager, KeyValueManagement.class,
				(connection) -> connection.keyValueManagement(keyValueOptions));
	}

	@Bean
	@ConditionalOnMissingBean
	ObjectStoreManagement natsObjectStoreManagement(NatsConnectionManager manager, JetStreamOptions options) {
		ObjectStoreOptions objectStoreOptions = ObjectStoreOptions.builder().jetStreamOptions(options).build();
		return follow(manager, ObjectStoreManagement.class,
				(connection) -> connection.objectStoreManagement(objectStoreOptions));
	}

	private static <T> T follow(NatsConnectionManager manager, Class<T> type, ContextFactory<T> factory) {
		return manager.follow(type, (connection) -> {
			try {
				return factory.create(connection);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	/**
	 * Makes a context from a connection.
	 *
	 * @param <T> the type of the context
	 */
	@FunctionalInterface
	private interface ContextFactory<T> {

		T create(Connection connection) throws IOException;

	}

}

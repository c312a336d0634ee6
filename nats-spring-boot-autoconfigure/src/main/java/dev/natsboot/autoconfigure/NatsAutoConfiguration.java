package dev.natsboot.autoconfigure;

import dev.natsboot.connection.NatsConnectionManager;
import io.nats.client.Connection;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.core.task.support.ExecutorServiceAdapter;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration of the connection to NATS: a {@link NatsConnectionManager} and a
 * {@link Connection} that can be injected before NATS is there. When the application
 * defines a {@link Connection} itself, that one is used.
 */
@AutoConfiguration(after = SslAutoConfiguration.class)
@ConditionalOnClass(Connection.class)
@EnableConfigurationProperties(NatsProperties.class)
@ImportRuntimeHints(NatsRuntimeHints.class)
public final class NatsAutoConfiguration {

	NatsAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(NatsConnectionDetails.class)
	PropertiesNatsConnectionDetails natsConnectionDetails(NatsProperties properties,
			ObjectProvider<SslBundles> sslBundles) {
		return new PropertiesNatsConnectionDetails(properties, sslBundles.getIfAvailable());
	}

	@Bean
	@ConditionalOnThreading(Threading.VIRTUAL)
	@Order(Ordered.HIGHEST_PRECEDENCE)
	NatsOptionsCustomizer natsVirtualThreadsCustomizer() {
		VirtualThreadTaskExecutor executor = new VirtualThreadTaskExecutor("nats-");
		return (options) -> options.executor(new ExecutorServiceAdapter(executor));
	}

	@Bean(destroyMethod = "")
	@ConditionalOnSingleCandidate(NatsConnectionManager.class)
	@ConditionalOnMissingBean(Connection.class)
	Connection natsConnection(NatsConnectionManager manager) {
		return manager.connection();
	}

	/**
	 * The application made its connection itself.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnSingleCandidate(Connection.class)
	@ConditionalOnMissingBean(NatsConnectionManager.class)
	static class ConnectionOfTheApplicationConfiguration {

		@Bean
		NatsConnectionManager natsConnectionManager(Connection connection) {
			return NatsConnectionManager.of(connection);
		}

	}

	/**
	 * The connection is made and kept by the library.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean({ Connection.class, NatsConnectionManager.class })
	static class ManagedConnectionConfiguration {

		@Bean
		NatsConnectionManager natsConnectionManager(NatsProperties properties, NatsConnectionDetails details,
				Environment environment, ObjectProvider<NatsOptionsCustomizer> customizers) {
			NatsOptionsMapper mapper = new NatsOptionsMapper(properties, details);
			String applicationName = environment.getProperty("spring.application.name");
			return NatsConnectionManager.builder().options((options) -> {
				if (StringUtils.hasText(applicationName)) {
					options.connectionName(applicationName);
				}
				mapper.apply(options);
				customizers.orderedStream().forEach((customizer) -> customizer.customize(options));
			})
				.startup(properties.getStartup())
				.drainTimeout(properties.getDrainTimeout())
				.verifyHostName(properties.getSsl().isVerifyHostName())
				.build();
		}

	}

}

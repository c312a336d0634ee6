package dev.natsboot.autoconfigure;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.convert.PayloadConverter;
import dev.natsboot.core.NatsExecutor;
import dev.natsboot.observation.NatsMetrics;
import dev.natsboot.observation.NatsObservations;
import dev.natsboot.service.NatsServiceDiscovery;
import dev.natsboot.service.NatsServiceRegistry;
import dev.natsboot.service.ServiceErrorResolver;
import dev.natsboot.service.ServiceSettings;
import io.nats.client.Connection;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * {@link AutoConfiguration Auto-configuration} for request handlers as NATS services and
 * for finding the services of others.
 */
@AutoConfiguration(after = { NatsAutoConfiguration.class, NatsConverterAutoConfiguration.class })
@ConditionalOnClass(Connection.class)
@EnableConfigurationProperties(NatsServiceProperties.class)
@Import(NatsExecutorConfiguration.class)
public final class NatsServiceAutoConfiguration {

	NatsServiceAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	ServiceErrorResolver natsServiceErrorResolver(NatsServiceProperties properties) {
		return ServiceErrorResolver.withMessages(properties.isErrorMessages());
	}

	@Bean
	@ConditionalOnMissingBean
	NatsServiceRegistry natsServiceRegistry(NatsServiceProperties properties, Environment environment,
			PayloadConverter converter, ObjectProvider<ServiceErrorResolver> errors, NatsExecutor executor,
			ObjectProvider<NatsMetrics> metrics, ObjectProvider<NatsObservations> observations) {
		ServiceSettings settings = new NatsServiceSettings(properties, environment).get();
		NatsServiceRegistry registry = new NatsServiceRegistry(settings, converter, errors.getIfAvailable(), executor,
				metrics.getIfAvailable(() -> NatsMetrics.NONE));
		observations.ifAvailable(registry::setObservations);
		return registry;
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnSingleCandidate(NatsConnectionManager.class)
	NatsServiceDiscovery natsServiceDiscovery(NatsConnectionManager manager, NatsServiceProperties properties) {
		return new NatsServiceDiscovery(manager, properties.getDiscoveryTimeout());
	}

}

package dev.natsboot.autoconfigure;

import dev.natsboot.observation.NatsMeterObservationHandler;
import dev.natsboot.observation.NatsObservations;
import dev.natsboot.observation.NatsProcessObservationConvention;
import dev.natsboot.observation.NatsPublishObservationConvention;
import dev.natsboot.observation.NatsRequestObservationConvention;
import dev.natsboot.observation.SubjectTags;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler.IgnoredMeters;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.nats.client.Connection;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * {@link AutoConfiguration Auto-configuration} for observations, and with them for traces
 * that go from publisher to handler.
 */
@AutoConfiguration(after = NatsAutoConfiguration.class,
		afterName = { "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration" })
@ConditionalOnClass({ Connection.class, ObservationRegistry.class })
@ConditionalOnBean(ObservationRegistry.class)
@ConditionalOnBooleanProperty(name = "nats.observation.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ NatsObservationProperties.class, NatsMetricsProperties.class })
public final class NatsObservationAutoConfiguration {

	NatsObservationAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	NatsObservations natsObservations(ObservationRegistry registry, NatsMetricsProperties properties,
			ObjectProvider<NatsProperties> connection, ObjectProvider<NatsPublishObservationConvention> publish,
			ObjectProvider<NatsRequestObservationConvention> request,
			ObjectProvider<NatsProcessObservationConvention> process) {
		NatsObservations observations = new NatsObservations(registry,
				new SubjectTags(properties.getMaxSubjects(), InboxPrefixes.of(connection)));
		publish.ifUnique(observations::setPublishConvention);
		request.ifUnique(observations::setRequestConvention);
		process.ifUnique(observations::setProcessConvention);
		return observations;
	}

	/**
	 * Takes the place of the handler that Spring Boot has for all observations, for ours.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ MeterRegistry.class, MetricsProperties.class })
	@ConditionalOnBean({ MeterRegistry.class, DefaultMeterObservationHandler.class })
	static class Meters {

		@Bean
		@ConditionalOnMissingBean
		@Order(Ordered.LOWEST_PRECEDENCE - 1)
		NatsMeterObservationHandler natsMeterObservationHandler(MeterRegistry registry,
				ObjectProvider<MetricsProperties> properties) {
			boolean ignored = properties.stream()
				.anyMatch((metrics) -> metrics.getObservations()
					.getIgnoredMeters()
					.contains(IgnoredMeters.LONG_TASK_TIMER));
			return new NatsMeterObservationHandler(registry, !ignored);
		}

	}

}

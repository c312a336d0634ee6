package dev.natsboot.autoconfigure;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.observation.MicrometerNatsMetrics;
import dev.natsboot.observation.NatsConnectionMetrics;
import dev.natsboot.observation.NatsMetrics;
import dev.natsboot.observation.SubjectTags;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.Connection;
import io.nats.client.api.StreamConfiguration;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for meters.
 */
@AutoConfiguration(after = { NatsAutoConfiguration.class, NatsTopologyAutoConfiguration.class },
		afterName = { "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration" })
@ConditionalOnClass({ Connection.class, MeterRegistry.class })
@ConditionalOnBean(MeterRegistry.class)
@EnableConfigurationProperties(NatsMetricsProperties.class)
public final class NatsMetricsAutoConfiguration {

	NatsMetricsAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(NatsMetrics.class)
	MicrometerNatsMetrics natsMetrics(MeterRegistry registry, NatsMetricsProperties properties,
			ObjectProvider<NatsProperties> connection, ObjectProvider<NatsJetStreamProperties> jetStream,
			ObjectProvider<StreamConfiguration> streams) {
		SubjectTags tags = new SubjectTags(properties.getMaxSubjects(), InboxPrefixes.of(connection));
		return new MicrometerNatsMetrics(registry, tags, declaredSubjects(jetStream, streams));
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(NatsConnectionManager.class)
	NatsConnectionMetrics natsConnectionMetrics(ListableBeanFactory beanFactory) {
		return new NatsConnectionMetrics(beanFactory.getBeansOfType(NatsConnectionManager.class).values());
	}

	private static List<String> declaredSubjects(ObjectProvider<NatsJetStreamProperties> jetStream,
			ObjectProvider<StreamConfiguration> streams) {
		Stream<String> ofProperties = jetStream.stream()
			.flatMap((properties) -> properties.getStreams().values().stream())
			.map(NatsJetStreamProperties.Stream::getSubjects)
			.filter(Objects::nonNull)
			.flatMap(Collection::stream);
		return Stream.concat(ofProperties, streams.stream().flatMap((stream) -> stream.getSubjects().stream()))
			.distinct()
			.toList();
	}

}

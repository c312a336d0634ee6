package dev.natsboot.autoconfigure;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.core.NatsExecutor;
import dev.natsboot.deadletter.AdvisoryStream;
import dev.natsboot.deadletter.DeadLetterOperations;
import dev.natsboot.deadletter.DeadLetterTemplate;
import dev.natsboot.deadletter.MaxDeliveriesFollower;
import dev.natsboot.listener.DeadLetterSubjects;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.observation.NatsMetrics;
import dev.natsboot.topology.ConsumerProvisioner;
import dev.natsboot.topology.ProvisioningMode;
import io.nats.client.JetStreamOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of dead letters as a tool. It works on the primary connection.
 */
@AutoConfiguration(after = { NatsListenerAutoConfiguration.class, NatsJetStreamOptionsAutoConfiguration.class },
		afterName = { "dev.natsboot.autoconfigure.NatsAutoConfiguration",
				"dev.natsboot.autoconfigure.NatsMetricsAutoConfiguration" })
@ConditionalOnClass(JetStreamOptions.class)
@ConditionalOnSingleCandidate(NatsConnectionManager.class)
@EnableConfigurationProperties({ NatsDeadLetterProperties.class, NatsJetStreamProperties.class })
public final class NatsDeadLetterAutoConfiguration {

	NatsDeadLetterAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(DeadLetterOperations.class)
	DeadLetterTemplate natsDeadLetterTemplate(NatsConnectionManager connections,
			ObjectProvider<JetStreamOptions> options, NatsDeadLetterProperties properties,
			ObjectProvider<NatsListenerEndpointRegistry> listeners, ObjectProvider<NatsMetrics> metrics) {
		DeadLetterTemplate template = new DeadLetterTemplate(connections,
				options.getIfUnique(JetStreamOptions::defaultOptions), properties.getStreams(),
				() -> subjects(listeners.getIfUnique(), connections.name()));
		template.setRedriveRate(properties.getRedriveRate());
		metrics.ifAvailable(template::setMetrics);
		return template;
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(name = "nats.dead-letters.advisories.enabled", matchIfMissing = true)
	@ConditionalOnBean({ NatsListenerEndpointRegistry.class, ConsumerProvisioner.class })
	MaxDeliveriesFollower natsMaxDeliveriesFollower(ObjectProvider<NatsListenerEndpointRegistry> listeners,
			NatsExecutor executor, ConsumerProvisioner provisioner, ObjectProvider<JetStreamOptions> options,
			NatsDeadLetterProperties properties, NatsJetStreamProperties jetStream,
			ObjectProvider<NatsMetrics> metrics) {
		JetStreamOptions used = options.getIfUnique(JetStreamOptions::defaultOptions);
		NatsDeadLetterProperties.Advisories advisories = properties.getAdvisories();
		int replicas = (jetStream.getReplicas() != null) ? jetStream.getReplicas() : 1;
		boolean creating = jetStream.getProvisioning() == ProvisioningMode.CREATE
				|| jetStream.getProvisioning() == ProvisioningMode.UPDATE;
		MaxDeliveriesFollower follower = new MaxDeliveriesFollower(listeners::getObject, executor, new AdvisoryStream(
				provisioner, used, advisories.getStream(), replicas, advisories.getMaxAge(), creating), used);
		metrics.ifAvailable(follower::setMetrics);
		return follower;
	}

	private static Set<String> subjects(@Nullable NatsListenerEndpointRegistry listeners, String connection) {
		if (listeners == null) {
			return Set.of();
		}
		return listeners.getListenerContainers()
			.stream()
			.filter((listener) -> listener.getConnectionName().equals(connection))
			.map(ListenerContainer::getEndpoint)
			.filter((endpoint) -> endpoint.isJetStream())
			.map(DeadLetterSubjects::pattern)
			.filter(Objects::nonNull)
			.collect(Collectors.toSet());
	}

}

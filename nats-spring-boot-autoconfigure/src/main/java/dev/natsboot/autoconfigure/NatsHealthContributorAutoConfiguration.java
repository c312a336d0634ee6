package dev.natsboot.autoconfigure;

import dev.natsboot.actuate.NatsEndpoints;
import dev.natsboot.actuate.NatsHealthIndicator;
import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.service.NatsServiceRegistry;
import dev.natsboot.topology.TopologyProvisioner;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.CompositeHealthContributorConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of {@link NatsHealthIndicator}: one for each
 * {@link NatsConnectionManager}, as component {@code nats}. It belongs to no group, so
 * that neither liveness nor readiness depends on NATS.
 */
@AutoConfiguration(after = { NatsAutoConfiguration.class, NatsListenerAutoConfiguration.class,
		NatsServiceAutoConfiguration.class, NatsTopologyAutoConfiguration.class })
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(NatsConnectionManager.class)
@ConditionalOnEnabledHealthIndicator("nats")
public final class NatsHealthContributorAutoConfiguration
		extends CompositeHealthContributorConfiguration<NatsHealthIndicator, NatsConnectionManager> {

	NatsHealthContributorAutoConfiguration(ObjectProvider<NatsListenerEndpointRegistry> listeners,
			ObjectProvider<NatsServiceRegistry> services, ObjectProvider<TopologyProvisioner> topology) {
		super((manager) -> new NatsHealthIndicator(manager,
				new NatsEndpoints(listeners.getIfUnique(), services.getIfUnique(), topology.getIfUnique())));
	}

	@Bean
	@ConditionalOnMissingBean(name = { "natsHealthIndicator", "natsHealthContributor" })
	HealthContributor natsHealthContributor(ConfigurableListableBeanFactory beanFactory) {
		return createContributor(beanFactory, NatsConnectionManager.class);
	}

}

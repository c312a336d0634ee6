package dev.natsboot.autoconfigure;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.topology.ConsumerProvisioner;
import dev.natsboot.topology.Topology;
import dev.natsboot.topology.TopologyProvisioner;
import io.nats.client.JetStreamOptions;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the JetStream streams, consumers and buckets that the application
 * declares.
 */
@AutoConfiguration(after = NatsJetStreamOptionsAutoConfiguration.class,
		afterName = "dev.natsboot.autoconfigure.NatsAutoConfiguration")
@ConditionalOnClass(JetStreamOptions.class)
@ConditionalOnSingleCandidate(NatsConnectionManager.class)
@EnableConfigurationProperties(NatsJetStreamProperties.class)
public final class NatsTopologyAutoConfiguration {

	NatsTopologyAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	ConsumerProvisioner natsConsumerProvisioner(JetStreamOptions options) {
		return new ConsumerProvisioner(options);
	}

	@Bean
	@ConditionalOnMissingBean
	TopologyProvisioner natsTopologyProvisioner(NatsConnectionManager manager, Topology topology,
			JetStreamOptions options, Environment environment) {
		boolean failFast = environment.getProperty("nats.startup", "").replace("-", "").equalsIgnoreCase("failfast");
		return new TopologyProvisioner(manager, topology, options, failFast);
	}

	@Bean
	@ConditionalOnMissingBean
	Topology natsTopology(NatsJetStreamProperties properties, ListableBeanFactory beanFactory) {
		return new TopologyFactory(properties, beanFactory).create();
	}

}

package dev.natsboot.autoconfigure;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.connection.NatsStartup;
import dev.natsboot.topology.ConsumerProvisioner;
import dev.natsboot.topology.Topology;
import dev.natsboot.topology.TopologyProvisioner;
import io.nats.client.JetStreamOptions;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.util.Assert;

/**
 * Auto-configuration of the JetStream streams, consumers and buckets that the application
 * declares. They are provisioned on the primary connection.
 */
@AutoConfiguration(after = { NatsAutoConfiguration.class, NatsJetStreamOptionsAutoConfiguration.class })
@ConditionalOnClass(JetStreamOptions.class)
@ConditionalOnBean(NatsConnectionManager.class)
@EnableConfigurationProperties({ NatsProperties.class, NatsJetStreamProperties.class })
public final class NatsTopologyAutoConfiguration {

	NatsTopologyAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	ConsumerProvisioner natsConsumerProvisioner(JetStreamOptions options, Topology topology) {
		return new ConsumerProvisioner(options, topology);
	}

	@Bean
	@ConditionalOnMissingBean
	Topology natsTopology(NatsJetStreamProperties properties, ListableBeanFactory beanFactory) {
		return new TopologyFactory(properties, beanFactory).create();
	}

	@Bean
	@ConditionalOnMissingBean
	TopologyProvisioner natsTopologyProvisioner(ObjectProvider<NatsConnectionManager> managers, Topology topology,
			JetStreamOptions options, NatsProperties properties) {
		NatsConnectionManager manager = managers.getIfUnique();
		if (manager == null) {
			manager = managers.orderedStream().findFirst().orElseThrow();
			Assert.state(topology.isEmpty(), "Streams, consumers or buckets are declared, and there are several "
					+ "NatsConnectionManager beans: annotate the one to provision them with @Primary");
		}
		return new TopologyProvisioner(manager, topology, options, properties.getStartup() == NatsStartup.FAIL_FAST);
	}

}

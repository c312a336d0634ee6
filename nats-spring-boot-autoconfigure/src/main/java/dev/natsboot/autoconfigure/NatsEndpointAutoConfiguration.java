package dev.natsboot.autoconfigure;

import dev.natsboot.actuate.NatsEndpoint;
import dev.natsboot.actuate.NatsEndpointWebExtension;
import dev.natsboot.actuate.NatsEndpoints;
import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.service.NatsServiceDiscovery;
import dev.natsboot.service.NatsServiceRegistry;
import dev.natsboot.topology.TopologyProvisioner;
import io.nats.client.JetStreamOptions;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the actuator endpoint {@code nats}.
 */
@AutoConfiguration(after = { NatsAutoConfiguration.class, NatsListenerAutoConfiguration.class,
		NatsServiceAutoConfiguration.class, NatsTopologyAutoConfiguration.class })
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(NatsConnectionManager.class)
@ConditionalOnAvailableEndpoint(NatsEndpoint.class)
public final class NatsEndpointAutoConfiguration {

	NatsEndpointAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	NatsEndpoint natsEndpoint(ObjectProvider<NatsConnectionManager> managers,
			ObjectProvider<NatsListenerEndpointRegistry> listeners, ObjectProvider<NatsServiceRegistry> services,
			ObjectProvider<TopologyProvisioner> topology, ObjectProvider<JetStreamOptions> options,
			ObjectProvider<NatsServiceDiscovery> discovery) {
		return new NatsEndpoint(managers.orderedStream().toList(),
				new NatsEndpoints(listeners.getIfUnique(), services.getIfUnique(), topology.getIfUnique()),
				options.getIfUnique(JetStreamOptions::defaultOptions), discovery.getIfUnique());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(NatsEndpoint.class)
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	NatsEndpointWebExtension natsEndpointWebExtension(NatsEndpoint endpoint) {
		return new NatsEndpointWebExtension(endpoint);
	}

}

package dev.natsboot.autoconfigure;

import dev.natsboot.actuate.NatsDeadLettersEndpoint;
import dev.natsboot.actuate.NatsDeadLettersEndpointWebExtension;
import dev.natsboot.deadletter.DeadLetterOperations;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the actuator endpoint {@code natsdeadletters}.
 */
@AutoConfiguration(after = NatsDeadLetterAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(DeadLetterOperations.class)
@ConditionalOnAvailableEndpoint(NatsDeadLettersEndpoint.class)
public final class NatsDeadLettersEndpointAutoConfiguration {

	NatsDeadLettersEndpointAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	NatsDeadLettersEndpoint natsDeadLettersEndpoint(DeadLetterOperations deadLetters) {
		return new NatsDeadLettersEndpoint(deadLetters);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(NatsDeadLettersEndpoint.class)
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	NatsDeadLettersEndpointWebExtension natsDeadLettersEndpointWebExtension(NatsDeadLettersEndpoint endpoint) {
		return new NatsDeadLettersEndpointWebExtension(endpoint);
	}

}

package dev.natsboot.autoconfigure;

import io.nats.client.JetStreamOptions;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.context.annotation.Bean;
import org.springframework.util.Assert;

/**
 * Auto-configuration of how JetStream is reached: domain, prefix and request timeout.
 */
@AutoConfiguration
@ConditionalOnClass(JetStreamOptions.class)
@EnableConfigurationProperties(NatsJetStreamProperties.class)
public final class NatsJetStreamOptionsAutoConfiguration {

	NatsJetStreamOptionsAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	JetStreamOptions natsJetStreamOptions(NatsJetStreamProperties properties) {
		Assert.state(properties.getDomain() == null || properties.getPrefix() == null,
				() -> "nats.jetstream.domain=" + properties.getDomain() + " and nats.jetstream.prefix="
						+ properties.getPrefix() + " exclude each other: a domain is the prefix '$JS.<domain>.API'");
		JetStreamOptions.Builder builder = JetStreamOptions.builder();
		PropertyMapper map = PropertyMapper.get();
		map.from(properties::getDomain).to(builder::domain);
		map.from(properties::getPrefix).to(builder::prefix);
		map.from(properties::getRequestTimeout).to(builder::requestTimeout);
		return builder.build();
	}

}

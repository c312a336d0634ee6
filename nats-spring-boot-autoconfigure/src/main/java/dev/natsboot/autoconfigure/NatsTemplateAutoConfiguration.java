package dev.natsboot.autoconfigure;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.convert.PayloadConverter;
import dev.natsboot.core.JetStreamOperations;
import dev.natsboot.core.JetStreamTemplate;
import dev.natsboot.core.NatsExecutor;
import dev.natsboot.core.NatsOperations;
import dev.natsboot.core.NatsTemplate;
import dev.natsboot.observation.NatsMetrics;
import dev.natsboot.observation.NatsObservations;
import io.nats.client.Connection;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * {@link AutoConfiguration Auto-configuration} for {@link NatsTemplate} and
 * {@link JetStreamTemplate}.
 */
@AutoConfiguration(after = NatsConverterAutoConfiguration.class,
		afterName = { "dev.natsboot.autoconfigure.NatsAutoConfiguration",
				"dev.natsboot.autoconfigure.NatsMetricsAutoConfiguration",
				"dev.natsboot.autoconfigure.NatsObservationAutoConfiguration" })
@ConditionalOnClass(Connection.class)
@ConditionalOnSingleCandidate(NatsConnectionManager.class)
@EnableConfigurationProperties(NatsTemplateProperties.class)
@Import(NatsExecutorConfiguration.class)
public final class NatsTemplateAutoConfiguration {

	NatsTemplateAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(NatsOperations.class)
	NatsTemplate natsTemplate(NatsConnectionManager connections, PayloadConverter converter, NatsExecutor callbacks,
			NatsTemplateProperties properties, ObjectProvider<NatsMetrics> metrics,
			ObjectProvider<NatsObservations> observations) {
		NatsTemplate template = new NatsTemplate(connections, converter, callbacks);
		template.setRequestTimeout(properties.getRequestTimeout());
		metrics.ifAvailable(template::setMetrics);
		observations.ifAvailable(template::setObservations);
		return template;
	}

	@Bean
	@ConditionalOnMissingBean(JetStreamOperations.class)
	JetStreamTemplate jetStreamTemplate(NatsConnectionManager connections, PayloadConverter converter,
			NatsExecutor callbacks, NatsTemplateProperties properties, ObjectProvider<NatsMetrics> metrics,
			ObjectProvider<NatsObservations> observations) {
		JetStreamTemplate template = new JetStreamTemplate(connections, converter, callbacks);
		configure(template, properties);
		metrics.ifAvailable(template::setMetrics);
		observations.ifAvailable(template::setObservations);
		return template;
	}

	static void configure(JetStreamTemplate template, NatsTemplateProperties properties) {
		template.setPublishTimeout(properties.getPublishTimeout());
		template.setPublishAttempts(properties.getPublishAttempts());
		template.setPublishRetryWait(properties.getPublishRetryWait());
		template.setPublishWindow(properties.getPublishWindow());
		if (!properties.isGenerateMessageIds()) {
			template.setMessageIdGenerator(null);
		}
	}

}

package dev.natsboot.autoconfigure;

import dev.natsboot.annotation.NatsAnnotationBeanPostProcessor;
import dev.natsboot.annotation.NatsEndpointRegistrar;
import dev.natsboot.annotation.NatsListener;
import dev.natsboot.annotation.NatsListenerDefaults;
import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.convert.PayloadConverter;
import dev.natsboot.core.NatsExecutor;
import dev.natsboot.listener.DefaultListenerErrorHandler;
import dev.natsboot.listener.BoundConsumerListener;
import dev.natsboot.listener.ListenerContainerFactory;
import dev.natsboot.listener.ListenerErrorHandler;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.listener.RetryDelays;
import dev.natsboot.observation.NatsMetrics;
import dev.natsboot.observation.NatsObservations;
import dev.natsboot.service.NatsServiceRegistry;
import dev.natsboot.service.ServiceErrorResolver;
import dev.natsboot.topology.ConsumerProvisioner;
import io.nats.client.JetStreamOptions;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.validation.SmartValidator;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration of {@link NatsListener} methods and their containers.
 */
@AutoConfiguration(after = { NatsConverterAutoConfiguration.class, NatsTopologyAutoConfiguration.class },
		afterName = { "dev.natsboot.autoconfigure.NatsAutoConfiguration",
				"dev.natsboot.autoconfigure.NatsServiceAutoConfiguration",
				"dev.natsboot.autoconfigure.NatsMetricsAutoConfiguration",
				"dev.natsboot.autoconfigure.NatsTemplateAutoConfiguration",
				"org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration" })
@ConditionalOnClass(NatsListener.class)
@ConditionalOnBean(NatsConnectionManager.class)
@EnableConfigurationProperties({ NatsListenerProperties.class, NatsJetStreamProperties.class,
		NatsTemplateProperties.class })
@Import(NatsExecutorConfiguration.class)
public final class NatsListenerAutoConfiguration {

	NatsListenerAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	ListenerContainerFactory natsListenerContainerFactory(NatsExecutor executor, PayloadConverter converter,
			ConsumerProvisioner provisioner, JetStreamOptions jetStreamOptions, NatsJetStreamProperties jetStream,
			NatsListenerProperties properties, NatsTemplateProperties publishing, ObjectProvider<NatsMetrics> metrics,
			ObjectProvider<NatsObservations> observations, ObjectProvider<ServiceErrorResolver> errors,
			ObjectProvider<BoundConsumerListener> boundConsumers) {
		ListenerContainerFactory factory = new ListenerContainerFactory(executor, converter, provisioner);
		factory.setJetStreamOptions(jetStreamOptions);
		factory.setProvisioning(jetStream.getProvisioning());
		factory.setConsumerInfoInterval(properties.getConsumerInfoInterval());
		factory.setShutdownTimeout(properties.getShutdownTimeout());
		factory.setBoundConsumerListener((endpoint, consumer, connections) -> boundConsumers.orderedStream()
			.forEach((listener) -> listener.onBound(endpoint, consumer, connections)));
		factory.setReplyCustomizer((template) -> NatsTemplateAutoConfiguration.configure(template, publishing));
		metrics.ifAvailable(factory::setMetrics);
		observations.ifAvailable(factory::setObservations);
		errors.ifAvailable(factory::setErrorResolver);
		return factory;
	}

	@Bean
	@ConditionalOnMissingBean
	NatsListenerEndpointRegistry natsListenerEndpointRegistry(ListenerContainerFactory factory) {
		return new NatsListenerEndpointRegistry(factory);
	}

	@Bean
	@ConditionalOnMissingBean
	NatsListenerDefaults natsListenerDefaults(NatsListenerProperties properties,
			ObjectProvider<ListenerErrorHandler> errorHandler) {
		NatsListenerPropertiesValidator.validate(properties);
		return new NatsListenerDefaults(properties.getConcurrency(), properties.getAckMode(), properties.getAckWait(),
				properties.getAckSyncTimeout(), properties.getMaxDeliver(), delays(properties),
				StringUtils.hasText(properties.getDeadLetterSubject()) ? properties.getDeadLetterSubject() : null,
				properties.getMaxAckPending(), properties.getBatch().getSize(), properties.getBatch().getLinger(),
				properties.isAutoStartup(), errorHandler.getIfUnique(DefaultListenerErrorHandler::new));
	}

	private static RetryDelays delays(NatsListenerProperties properties) {
		return new RetryDelays(properties.getBackoff(), properties.getBackoffMultiplier(), properties.getBackoffMax(),
				properties.getBackoffJitter());
	}

	@Bean
	@ConditionalOnMissingBean
	NatsEndpointRegistrar natsEndpointRegistrar(ConfigurableListableBeanFactory beanFactory,
			NatsListenerEndpointRegistry listeners, ObjectProvider<NatsServiceRegistry> services,
			NatsListenerDefaults defaults, PayloadConverter converter, ObjectProvider<SmartValidator> validator) {
		return new NatsEndpointRegistrar(beanFactory, listeners, services, defaults, converter,
				validator.getIfUnique());
	}

	@Bean
	@ConditionalOnMissingBean
	static NatsAnnotationBeanPostProcessor natsAnnotationBeanPostProcessor(
			ObjectProvider<NatsEndpointRegistrar> registrar) {
		return new NatsAnnotationBeanPostProcessor(registrar);
	}

}

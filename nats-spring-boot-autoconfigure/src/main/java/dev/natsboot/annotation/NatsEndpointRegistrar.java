package dev.natsboot.annotation;

import java.util.List;

import dev.natsboot.annotation.NatsAnnotationBeanPostProcessor.AnnotatedMethod;
import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.convert.PayloadConverter;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.service.NatsServiceRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.convert.ConversionService;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.util.Assert;
import org.springframework.validation.SmartValidator;

/**
 * Makes endpoints of annotated methods and registers them.
 */
public class NatsEndpointRegistrar {

	private final ConfigurableListableBeanFactory beanFactory;

	private final NatsListenerEndpointRegistry listeners;

	private final ObjectProvider<NatsServiceRegistry> services;

	private final AttributeResolver attributes;

	private final ListenerEndpoints listenerEndpoints;

	private final RequestEndpoints requestEndpoints;

	/**
	 * Create a registrar.
	 * @param beanFactory resolves place-holders, expressions and bean names
	 * @param listeners where listeners are registered
	 * @param services where request handlers are registered
	 * @param defaults what empty attributes mean
	 * @param converter reads payloads
	 * @param validator validates payloads that are annotated so, or {@code null} when
	 * there is none
	 */
	public NatsEndpointRegistrar(ConfigurableListableBeanFactory beanFactory, NatsListenerEndpointRegistry listeners,
			ObjectProvider<NatsServiceRegistry> services, NatsListenerDefaults defaults, PayloadConverter converter,
			@Nullable SmartValidator validator) {
		this.beanFactory = beanFactory;
		this.listeners = listeners;
		this.services = services;
		this.attributes = new AttributeResolver(beanFactory);
		ConversionService conversions = (beanFactory.getConversionService() != null)
				? beanFactory.getConversionService() : ApplicationConversionService.getSharedInstance();
		HandlerMethods methods = new HandlerMethods(
				new ArgumentPlanner(converter, conversions, validator, this.attributes));
		this.listenerEndpoints = new ListenerEndpoints(this.attributes, defaults, methods);
		this.requestEndpoints = new RequestEndpoints(this.attributes, methods);
	}

	void register(AnnotatedMethod found) {
		try {
			List<NatsListener> annotations = found.annotations().listeners();
			for (int i = 0; i < annotations.size(); i++) {
				registerListener(found, annotations.get(i), defaultId(found) + ((i > 0) ? "-" + (i + 1) : ""));
			}
			if (found.annotations().handler() != null) {
				registerHandler(found, found.annotations().handler());
			}
		}
		catch (RuntimeException ex) {
			throw new InvalidHandlerMethodException(found.beanName(),
					"Method " + found.name() + " of " + found.handler().beanType().getName() + ": " + ex.getMessage(),
					ex);
		}
	}

	private static String defaultId(AnnotatedMethod found) {
		return found.beanName() + "." + found.name();
	}

	private void registerListener(AnnotatedMethod found, NatsListener annotation, String defaultId) {
		this.attributes.check(annotation);
		this.attributes.check(found.handler().getMethodAnnotation(SendTo.class));
		this.listeners.register(this.listenerEndpoints.create(annotation, found.handler(), defaultId),
				connection(annotation.connection()));
	}

	private void registerHandler(AnnotatedMethod found, NatsRequestHandler annotation) {
		this.attributes.check(annotation);
		this.services.getObject()
			.register(this.requestEndpoints.create(annotation, found.handler(), defaultId(found)),
					connection(annotation.connection()));
	}

	private NatsConnectionManager connection(String attribute) {
		NatsConnectionManager named = this.attributes.bean("connection", attribute, NatsConnectionManager.class);
		if (named != null) {
			return named;
		}
		NatsConnectionManager manager = this.beanFactory.getBeanProvider(NatsConnectionManager.class).getIfUnique();
		Assert.state(manager != null,
				() -> "There are several NATS connections "
						+ List.of(this.beanFactory.getBeanNamesForType(NatsConnectionManager.class))
						+ " and none is primary: name one, for example connection = \"natsConnectionManager\"");
		return manager;
	}

}

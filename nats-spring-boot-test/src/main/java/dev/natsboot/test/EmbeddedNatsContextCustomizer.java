package dev.natsboot.test;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Adds an embedded server to a test's context; equal annotations share a cached context.
 *
 * @param annotation the annotation of the test class
 */
record EmbeddedNatsContextCustomizer(EmbeddedNats annotation) implements ContextCustomizer {

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
		EmbeddedNatsBeans.register((BeanDefinitionRegistry) context.getBeanFactory(),
				EmbeddedNatsSettings.of(this.annotation, context.getEnvironment()));
	}

}

package dev.natsboot.test;

import java.util.Set;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.context.annotation.DeterminableImports;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Reads {@link EmbeddedNats @EmbeddedNats} on a configuration class.
 */
class EmbeddedNatsRegistrar implements ImportBeanDefinitionRegistrar, DeterminableImports, EnvironmentAware {

	private Environment environment = new StandardEnvironment();

	@Override
	public void setEnvironment(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		MergedAnnotation<EmbeddedNats> annotation = metadata.getAnnotations().get(EmbeddedNats.class);
		if (annotation.isPresent()) {
			EmbeddedNatsBeans.register(registry, EmbeddedNatsSettings.of(annotation.synthesize(), this.environment));
		}
	}

	@Override
	public Set<Object> determineImports(AnnotationMetadata metadata) {
		MergedAnnotation<EmbeddedNats> annotation = metadata.getAnnotations().get(EmbeddedNats.class);
		return annotation.isPresent() ? Set.of(annotation.synthesize()) : Set.of();
	}

}

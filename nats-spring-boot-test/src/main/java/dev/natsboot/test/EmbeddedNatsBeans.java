package dev.natsboot.test;

import java.util.List;

import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;

/**
 * Registers the beans of an embedded server, so that its life is that of the context. The
 * definitions consist of plain values, as ahead-of-time processing needs.
 */
final class EmbeddedNatsBeans {

	static final String SERVER = "embeddedNatsServer";

	static final String CONNECTION_DETAILS = "embeddedNatsConnectionDetails";

	private EmbeddedNatsBeans() {
	}

	static void register(BeanDefinitionRegistry registry, EmbeddedNatsSettings settings) {
		if (registry.containsBeanDefinition(SERVER)) {
			return;
		}
		registry.registerBeanDefinition(SERVER,
				BeanDefinitionBuilder.rootBeanDefinition(EmbeddedNatsBeans.class, "server")
					.addConstructorArgValue(settings.port())
					.addConstructorArgValue(settings.jetStream())
					.addConstructorArgValue(settings.clusterSize())
					.addConstructorArgValue(settings.configuration())
					.addConstructorArgValue(settings.storeDirectory())
					.addConstructorArgValue(settings.executable())
					.setDestroyMethodName("close")
					.getBeanDefinition());
		registry.registerBeanDefinition(CONNECTION_DETAILS,
				BeanDefinitionBuilder.rootBeanDefinition(EmbeddedNatsConnectionDetails.class)
					.addConstructorArgReference(SERVER)
					.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR)
					.setPrimary(true)
					.getBeanDefinition());
	}

	static EmbeddedNatsServer server(int port, boolean jetStream, int clusterSize, List<String> configuration,
			String storeDirectory, String executable) {
		return new EmbeddedNatsServer(
				new EmbeddedNatsSettings(port, jetStream, clusterSize, configuration, storeDirectory, executable));
	}

}

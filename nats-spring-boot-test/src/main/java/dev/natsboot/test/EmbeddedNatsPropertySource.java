package dev.natsboot.test;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * Tells the address of the embedded server, which is started when it is asked for.
 */
class EmbeddedNatsPropertySource extends EnumerablePropertySource<BeanFactory> {

	private static final String SERVERS = "nats.servers";

	EmbeddedNatsPropertySource(BeanFactory beanFactory) {
		super("embeddedNats", beanFactory);
	}

	@Override
	public String[] getPropertyNames() {
		return new String[] { SERVERS };
	}

	@Override
	public @Nullable Object getProperty(String name) {
		return SERVERS.equals(name) ? getSource().getBean(EmbeddedNatsServer.class).getUrl() : null;
	}

}

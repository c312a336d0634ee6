package dev.natsboot.autoconfigure;

import dev.natsboot.service.ServiceSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Turns {@code nats.service.*} into settings.
 */
final class NatsServiceSettings {

	private static final String FALLBACK_NAME = "application";

	private final NatsServiceProperties properties;

	private final Environment environment;

	NatsServiceSettings(NatsServiceProperties properties, Environment environment) {
		this.properties = properties;
		this.environment = environment;
	}

	ServiceSettings get() {
		return new ServiceSettings(name(), this.properties.getVersion(), this.properties.getDescription(),
				this.properties.getMetadata(), this.properties.getShutdownTimeout(),
				this.properties.isInstanceSubjects(), this.properties.isErrorMessages());
	}

	private String name() {
		String name = this.properties.getName();
		return (name != null) ? name : sanitize(this.environment.getProperty("spring.application.name"));
	}

	private String sanitize(@Nullable String applicationName) {
		if (!StringUtils.hasText(applicationName)) {
			return FALLBACK_NAME;
		}
		return applicationName.strip().replaceAll("[^A-Za-z0-9_-]", "-");
	}

}

package dev.natsboot.autoconfigure;

import dev.natsboot.service.ServiceSettings;
import io.nats.client.support.Validator;
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
		String version = this.properties.getVersion();
		require(Validator.isSemVer(version), "nats.service.version", version, "it must be a semantic version", "1.2.0");
		return new ServiceSettings(name(), version, this.properties.getDescription(), this.properties.getMetadata(),
				this.properties.getShutdownTimeout(), this.properties.isInstanceSubjects(),
				this.properties.isErrorMessages());
	}

	private String name() {
		String name = this.properties.getName();
		require(name == null || name.matches("[A-Za-z0-9_-]+"), "nats.service.name", name,
				"it may only have letters, digits, '-' and '_'", "order-service");
		return (name != null) ? name : sanitize(this.environment.getProperty("spring.application.name"));
	}

	private String sanitize(@Nullable String applicationName) {
		if (!StringUtils.hasText(applicationName)) {
			return FALLBACK_NAME;
		}
		return applicationName.strip().replaceAll("[^A-Za-z0-9_-]", "-");
	}

	private static void require(boolean possible, String property, @Nullable String value, String reason,
			String example) {
		if (!possible) {
			throw new InvalidNatsPropertyException(property, value, reason, property + "=" + example);
		}
	}

}

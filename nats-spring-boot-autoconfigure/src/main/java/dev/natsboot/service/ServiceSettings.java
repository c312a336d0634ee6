package dev.natsboot.service;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What the services of an application have in common.
 *
 * @param name the name of the application's own service, of letters, digits, dashes and
 * underscores
 * @param version the semantic version of services that say nothing else
 * @param description what the application's own service does, or {@code null}
 * @param metadata what is shown with every service of the application
 * @param shutdownTimeout how long running and already received requests may take when a
 * handler stops; what isn't done by then gets an error reply with code 503
 * @param instanceSubjects whether every endpoint also listens to a subject of its
 * instance alone
 * @param errorMessages whether the texts of unexpected exceptions are sent to the
 * requester
 */
public record ServiceSettings(String name, String version, @Nullable String description, Map<String, String> metadata,
		Duration shutdownTimeout, boolean instanceSubjects, boolean errorMessages) {

	/**
	 * Check and copy the values.
	 * @param name the name
	 * @param version the version
	 * @param description the description, or {@code null}
	 * @param metadata the metadata
	 * @param shutdownTimeout the bound of a stop
	 * @param instanceSubjects whether there are instance subjects
	 * @param errorMessages whether exception texts are sent
	 */
	public ServiceSettings {
		ServiceNames.requireName(name, "Property nats.service.name");
		ServiceNames.requireVersion(version, "Property nats.service.version");
		Assert.isTrue(!shutdownTimeout.isNegative(),
				"Property nats.service.shutdown-timeout must not be negative, for example 20s");
		metadata = Map.copyOf(metadata);
	}

	/**
	 * Settings for a service without a description and metadata: 20 seconds to stop, with
	 * instance subjects and error messages.
	 * @param name the name
	 * @param version the version
	 * @return the settings
	 */
	public static ServiceSettings of(String name, String version) {
		return new ServiceSettings(name, version, null, Map.of(), Duration.ofSeconds(20), true, true);
	}

}

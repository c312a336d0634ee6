package dev.natsboot.test;

import java.util.Arrays;
import java.util.List;

import org.springframework.core.env.PropertyResolver;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * What an embedded server is started with.
 *
 * @param port the first port, 0 for free ones
 * @param jetStream whether JetStream is switched on
 * @param clusterSize the number of servers
 * @param configuration the additional lines of configuration
 * @param storeDirectory the folder for the data, empty for a temporary one
 * @param executable the path of nats-server, empty to search it
 */
record EmbeddedNatsSettings(int port, boolean jetStream, int clusterSize, List<String> configuration,
		String storeDirectory, String executable) {

	private static final int LAST_PORT = 65_535;

	EmbeddedNatsSettings {
		Assert.isTrue(clusterSize > 0, () -> "The attribute 'clusterSize' of @EmbeddedNats must be at least 1, "
				+ "for example clusterSize = 3, but it is " + clusterSize);
		Assert.isTrue(port >= 0 && port + clusterSize - 1 <= LAST_PORT,
				() -> "The attribute 'port' of @EmbeddedNats must be 0 (any free port) or a port, "
						+ "for example port = \"4222\", but it is " + port);
	}

	static EmbeddedNatsSettings of(EmbeddedNats annotation, PropertyResolver resolver) {
		List<String> configuration = Arrays.stream(annotation.configuration())
			.map(resolver::resolveRequiredPlaceholders)
			.flatMap(String::lines)
			.toList();
		return new EmbeddedNatsSettings(port(resolver.resolveRequiredPlaceholders(annotation.port())),
				annotation.jetStream(), annotation.clusterSize(), configuration,
				resolver.resolveRequiredPlaceholders(annotation.storeDirectory()),
				resolver.resolveRequiredPlaceholders(annotation.executable()));
	}

	private static int port(String value) {
		try {
			return StringUtils.hasText(value) ? Integer.parseInt(value.trim()) : 0;
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("The attribute 'port' of @EmbeddedNats must be a number, "
					+ "for example port = \"4222\", but it is '" + value + "'", ex);
		}
	}

}

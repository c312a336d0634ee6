package dev.natsboot.topology;

import java.util.Set;

import io.nats.client.api.StreamConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * A stream that the application declares. A bean of {@link StreamConfiguration} is enough
 * where the mode and the defaults are as they should be.
 *
 * @param configuration the stream
 * @param attributes names of attributes that are declared although their value is the
 * client's default, for instance {@code storage}; others count as declared when their
 * value isn't the default
 * @param mode what to do about differences, or {@code null} for
 * {@code nats.jetstream.provisioning}
 * @param origin where it is declared, for messages: the prefix of its properties or a
 * bean's name, or {@code null}
 */
public record StreamDeclaration(StreamConfiguration configuration, Set<String> attributes,
		@Nullable ProvisioningMode mode, @Nullable String origin) {

	/**
	 * Create a declaration that follows {@code nats.jetstream.provisioning}.
	 * @param configuration the stream; what equals the client's default isn't declared
	 */
	public StreamDeclaration(StreamConfiguration configuration) {
		this(configuration, Set.of(), null, null);
	}

}

package dev.natsboot.topology;

import io.nats.client.api.ConsumerConfiguration;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A durable consumer that the application declares. A bean of this type is provisioned
 * like {@code nats.jetstream.consumers.*}; a bean of {@link ConsumerConfiguration} alone
 * isn't enough, because it doesn't say which stream the consumer belongs to.
 *
 * @param stream the stream's name
 * @param configuration the consumer, with a durable name; what isn't set keeps the
 * server's value
 * @param mode what to do about differences, or {@code null} for
 * {@code nats.jetstream.provisioning}
 * @param origin where it is declared, for messages: the prefix of its properties or a
 * bean's name, or {@code null}
 */
public record ConsumerDeclaration(String stream, ConsumerConfiguration configuration, @Nullable ProvisioningMode mode,
		@Nullable String origin) {

	/**
	 * Create a declaration.
	 * @param stream the stream's name
	 * @param configuration the consumer, with a durable name
	 * @param mode what to do about differences, or {@code null} for
	 * {@code nats.jetstream.provisioning}
	 * @param origin where it is declared, or {@code null}
	 * @throws IllegalArgumentException when the stream or the durable name is missing
	 */
	public ConsumerDeclaration {
		Assert.hasText(stream, "A consumer declaration needs the name of its stream, for instance 'ORDERS'");
		Assert.hasText(configuration.getDurable(), () -> "The consumer declared for stream '" + stream
				+ "' needs a durable name, for instance ConsumerConfiguration.builder().durable(\"payment\")");
	}

	/**
	 * Create a declaration that follows {@code nats.jetstream.provisioning}.
	 * @param stream the stream's name
	 * @param configuration the consumer, with a durable name
	 * @throws IllegalArgumentException when the stream or the durable name is missing
	 */
	public ConsumerDeclaration(String stream, ConsumerConfiguration configuration) {
		this(stream, configuration, null, null);
	}

}

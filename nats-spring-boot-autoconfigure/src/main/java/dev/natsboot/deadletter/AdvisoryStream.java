package dev.natsboot.deadletter;

import java.io.IOException;
import java.time.Duration;

import dev.natsboot.topology.ConsumerProvisioner;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The stream of advisories about deliveries that are used up.
 */
public class AdvisoryStream {

	private static final Log logger = LogFactory.getLog(AdvisoryStream.class);

	private final ConsumerProvisioner provisioner;

	private final JetStreamOptions options;

	private final StreamConfiguration configuration;

	private final boolean creating;

	/**
	 * Create.
	 * @param provisioner finds streams and consumers
	 * @param options the domain or prefix of the JetStream API
	 * @param name the name of a stream that is created
	 * @param replicas how many servers keep it
	 * @param maxAge how long it keeps advisories
	 * @param creating whether streams and consumers are created
	 */
	public AdvisoryStream(ConsumerProvisioner provisioner, JetStreamOptions options, String name, int replicas,
			Duration maxAge, boolean creating) {
		this.provisioner = provisioner;
		this.options = options;
		this.creating = creating;
		this.configuration = StreamConfiguration.builder()
			.name(name)
			.description("Messages that the server stopped to deliver")
			.subjects(MaxDeliveriesAdvisory.ALL)
			.storageType(StorageType.File)
			.replicas(replicas)
			.maxAge(maxAge)
			.build();
	}

	/**
	 * Find a stream of the advisories of a consumer, or create one.
	 * @return the stream
	 * @throws IllegalStateException when there is none, with the reason
	 */
	String provide(Connection connection, FollowedConsumer consumer) {
		try {
			String found = this.provisioner.findStream(connection, consumer.advisorySubject()).orElse(null);
			if (this.creating) {
				return (found != null) ? found : create(connection);
			}
			if (found != null && this.provisioner.findConsumer(connection, found, consumer.follower()).isPresent()) {
				return found;
			}
		}
		catch (JetStreamApiException | IOException | RuntimeException ex) {
			throw new IllegalStateException(
					"stream '" + this.configuration.getName() + "' can't be created: " + ex.getMessage(), ex);
		}
		throw new IllegalStateException("nats.jetstream.provisioning doesn't allow to create stream '"
				+ this.configuration.getName() + "' with a consumer '" + consumer.follower() + "'");
	}

	/**
	 * The same stream may be created twice.
	 */
	private String create(Connection connection) throws IOException, JetStreamApiException {
		connection.jetStreamManagement(this.options).addStream(this.configuration);
		logger.info("Created stream '" + this.configuration.getName() + "' of '" + MaxDeliveriesAdvisory.ALL + "'");
		return this.configuration.getName();
	}

}

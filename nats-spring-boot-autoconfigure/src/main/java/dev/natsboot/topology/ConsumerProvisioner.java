package dev.natsboot.topology;

import java.io.UncheckedIOException;
import java.util.Optional;

import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;

/**
 * Creates consumers, binds to those that exist, and compares these with what is declared.
 * Only attributes that are set in the declared configuration are compared. Safe for use
 * by several threads.
 */
public class ConsumerProvisioner {

	private final JetStreamOptions options;

	private final DriftLog driftLog = new DriftLog();

	/**
	 * Create a provisioner.
	 * @param options the domain or prefix of the JetStream API and the time to wait for
	 * each answer of the server
	 */
	public ConsumerProvisioner(JetStreamOptions options) {
		this.options = options;
	}

	/**
	 * Make a consumer available.
	 * <p>
	 * A consumer with a durable name (or a name) that exists is bound to. When it differs
	 * from what is declared, the difference is logged ({@link ProvisioningMode#CREATE}),
	 * removed ({@link ProvisioningMode#UPDATE}), thrown
	 * ({@link ProvisioningMode#VALIDATE}) or not looked at
	 * ({@link ProvisioningMode#NONE}). One that doesn't exist is created in the first two
	 * modes. A consumer without a name is created in every mode: it belongs to its
	 * subscription and not to the topology.
	 * @param connection a connection that is up
	 * @param stream the stream's name
	 * @param declared the consumer
	 * @param mode what to do about differences
	 * @return the consumer as the server has it
	 * @throws TopologyException when the stream doesn't exist, when the consumer doesn't
	 * exist and may not be created, when it differs in a way that the mode doesn't
	 * tolerate, or when the server refuses the declaration
	 * @throws UncheckedIOException when JetStream doesn't answer
	 */
	public ConsumerInfo provision(Connection connection, String stream, ConsumerConfiguration declared,
			ProvisioningMode mode) {
		return new ConsumerPlan(connection, management(connection), stream, declared, null, this.driftLog).apply(mode);
	}

	/**
	 * Make a declared consumer available, as
	 * {@link #provision(Connection, String, ConsumerConfiguration, ProvisioningMode)}
	 * does.
	 */
	ConsumerInfo provision(Connection connection, ConsumerDeclaration declaration, ProvisioningMode mode) {
		return new ConsumerPlan(connection, management(connection), declaration.stream(), declaration.configuration(),
				declaration.origin(), this.driftLog)
			.apply(mode);
	}

	/**
	 * Look for the stream that stores what is published to a subject.
	 * @param connection a connection that is up
	 * @param subject the subject, without wildcards
	 * @return the stream's name, or empty when no stream captures the subject
	 * @throws TopologyException when the server refuses the request
	 * @throws UncheckedIOException when JetStream doesn't answer
	 */
	public Optional<String> findStream(Connection connection, String subject) {
		return ServerCall
			.of(connection, "look for the stream of subject '" + subject + "'",
					() -> management(connection).getStreamNames(subject))
			.stream()
			.findFirst();
	}

	private JetStreamManagement management(Connection connection) {
		return ServerCall.of(connection, "use JetStream", () -> connection.jetStreamManagement(this.options));
	}

}

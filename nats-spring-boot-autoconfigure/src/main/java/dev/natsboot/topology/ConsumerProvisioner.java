package dev.natsboot.topology;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamInfo;
import org.jspecify.annotations.Nullable;

/**
 * Creates consumers, binds to those that exist, and compares these with what is declared.
 * Only attributes that are set in the declared configuration are compared. Safe for use
 * by several threads.
 */
public class ConsumerProvisioner {

	private final JetStreamOptions options;

	private final Topology topology;

	private final DriftLog driftLog = new DriftLog();

	/**
	 * Create a provisioner.
	 * @param options the domain or prefix of the JetStream API and the time to wait for
	 * each answer of the server
	 */
	public ConsumerProvisioner(JetStreamOptions options) {
		this(options, new Topology(ProvisioningMode.CREATE, null, List.of(), List.of(), List.of(), List.of()));
	}

	/**
	 * Create a provisioner that leaves the declared consumers to their declaration.
	 * @param options the domain or prefix of the JetStream API and the time to wait for
	 * each answer of the server
	 * @param topology what the application declares: a consumer of it isn't updated by
	 * whoever uses it, or each of two that want different values would undo the other's
	 */
	public ConsumerProvisioner(JetStreamOptions options, Topology topology) {
		this.options = options;
		this.topology = topology;
	}

	/**
	 * Make a consumer available.
	 * <p>
	 * A consumer with a durable name (or a name) that exists is bound to. When it differs
	 * from what is declared, the difference is logged ({@link ProvisioningMode#CREATE}),
	 * removed ({@link ProvisioningMode#UPDATE}), thrown
	 * ({@link ProvisioningMode#VALIDATE}) or not looked at
	 * ({@link ProvisioningMode#NONE}). One that doesn't exist is created in the first two
	 * modes. One that the topology declares is created as it is declared there, and isn't
	 * updated: its differences are logged. A consumer without a name is created in every
	 * mode: it belongs to its subscription and not to the topology.
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
		return provision(connection, stream, declared, mode, Set.of());
	}

	/**
	 * Make a consumer available, as
	 * {@link #provision(Connection, String, ConsumerConfiguration, ProvisioningMode)}
	 * does, where some attributes are also declared when they are empty: the consumer is
	 * to have none of them, unless the topology declares it.
	 * @param connection a connection that is up
	 * @param stream the stream's name
	 * @param declared the consumer
	 * @param mode what to do about differences
	 * @param attributes the names of these attributes; only {@code filter-subjects} can
	 * be empty
	 * @return the consumer as the server has it
	 */
	public ConsumerInfo provision(Connection connection, String stream, ConsumerConfiguration declared,
			ProvisioningMode mode, Set<String> attributes) {
		boolean elsewhere = provisionDeclared(connection, stream, declared.getDurable()).isPresent();
		ProvisioningMode used = (elsewhere && mode == ProvisioningMode.UPDATE) ? ProvisioningMode.CREATE : mode;
		return new ConsumerPlan(connection, management(connection), stream, declared, elsewhere ? Set.of() : attributes,
				null, this.driftLog)
			.apply(used);
	}

	/**
	 * Make a consumer available that the topology declares. It may have been deleted
	 * since the topology was applied, and whoever uses it may not know all of its
	 * declaration.
	 * @param connection a connection that is up
	 * @param stream the stream's name
	 * @param consumer the consumer's durable name, or {@code null} when it has none
	 * @return the consumer as the server has it, or empty when the topology doesn't
	 * declare it
	 * @throws TopologyException when the stream doesn't exist, when the consumer doesn't
	 * exist and its declaration doesn't let it be created, or when the server refuses the
	 * declaration
	 * @throws UncheckedIOException when JetStream doesn't answer
	 */
	public Optional<ConsumerInfo> provisionDeclared(Connection connection, String stream, @Nullable String consumer) {
		if (consumer == null) {
			return Optional.empty();
		}
		return this.topology.declaration(stream, consumer)
			.map((declaration) -> findConsumer(connection, stream, consumer)
				.orElseGet(() -> provision(connection, declaration)));
	}

	private ConsumerInfo provision(Connection connection, ConsumerDeclaration declaration) {
		return new ConsumerPlan(connection, management(connection), declaration.stream(), declaration.configuration(),
				Set.of(), declaration.origin(), this.driftLog)
			.apply(this.topology.mode(declaration.mode()));
	}

	/**
	 * Look for the stream that stores what is published to a subject.
	 * @param connection a connection that is up
	 * @param subject the subject; with wildcards a stream is looked for that stores at
	 * least some of what they stand for
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

	/**
	 * Look for a consumer.
	 * @param connection a connection that is up
	 * @param stream the stream's name
	 * @param consumer the consumer's name
	 * @return the consumer as the server has it, or empty when there is none
	 * @throws TopologyException when the stream doesn't exist, or the server refuses the
	 * request
	 * @throws UncheckedIOException when JetStream doesn't answer
	 */
	public Optional<ConsumerInfo> findConsumer(Connection connection, String stream, String consumer) {
		return Optional.ofNullable(ServerCall.orNull(connection, target("look for", consumer, stream),
				ServerCall.CONSUMER_NOT_FOUND,
				() -> MissingStream.orThrow(stream, () -> management(connection).getConsumerInfo(stream, consumer))));
	}

	/**
	 * Delete a consumer. One that doesn't exist is deleted already.
	 * @param connection a connection that is up
	 * @param stream the stream's name
	 * @param consumer the consumer's name
	 * @throws TopologyException when the stream doesn't exist, or the server refuses the
	 * request
	 * @throws UncheckedIOException when JetStream doesn't answer
	 */
	public void deleteConsumer(Connection connection, String stream, String consumer) {
		ServerCall.orNull(connection, target("delete", consumer, stream), ServerCall.CONSUMER_NOT_FOUND,
				() -> MissingStream.orThrow(stream, () -> management(connection).deleteConsumer(stream, consumer)));
	}

	private static String target(String verb, String consumer, String stream) {
		return verb + " consumer '" + consumer + "' of stream '" + stream + "'";
	}

	/**
	 * Look at a stream.
	 * @param connection a connection that is up
	 * @param stream the stream's name
	 * @return the stream as the server has it
	 * @throws TopologyException when the stream doesn't exist, or the server refuses the
	 * request
	 * @throws UncheckedIOException when JetStream doesn't answer
	 */
	public StreamInfo getStream(Connection connection, String stream) {
		return ServerCall.of(connection, "look at stream '" + stream + "'",
				() -> MissingStream.orThrow(stream, () -> management(connection).getStreamInfo(stream)));
	}

	/**
	 * Look for filter subjects of a consumer to which nothing can be published that its
	 * stream stores. The server takes such filters, and delivers nothing. A stream that
	 * copies messages of others, or renames their subjects, may have any.
	 * @param connection a connection that is up
	 * @param consumer the consumer as the server has it
	 * @return what to say about them, or empty when there are none
	 * @throws TopologyException when the stream doesn't exist, or the server refuses the
	 * request
	 * @throws UncheckedIOException when JetStream doesn't answer
	 */
	public Optional<String> findIdleFilters(Connection connection, ConsumerInfo consumer) {
		List<String> filters = consumer.getConsumerConfiguration().getFilterSubjects();
		if (filters == null || filters.isEmpty()) {
			return Optional.empty();
		}
		return IdleFilters.describe(consumer.getName(), filters,
				getStream(connection, consumer.getStreamName()).getConfiguration());
	}

	/**
	 * The differences that mode {@link ProvisioningMode#CREATE} tolerates in a consumer
	 * that was provisioned. Answers at once, with what was found the last time.
	 * @param stream the stream's name
	 * @param consumer the consumer's durable name
	 * @return the differences, empty when there are none
	 */
	public List<TopologyDifference> getDifferences(String stream, String consumer) {
		return this.driftLog.current().getOrDefault(ConsumerPlan.target(stream, consumer), List.of());
	}

	private JetStreamManagement management(Connection connection) {
		return ServerCall.of(connection, "use JetStream", () -> connection.jetStreamManagement(this.options));
	}

}

package dev.natsboot.topology;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.natsboot.topology.TopologyDifference.Kind;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Plan, difference and application of one consumer.
 */
final class ConsumerPlan {

	private static final Log logger = LogFactory.getLog(ConsumerPlan.class);

	private final Connection connection;

	private final JetStreamManagement management;

	private final String stream;

	private final ConsumerConfiguration declared;

	private final @Nullable String name;

	private final @Nullable String origin;

	private final DriftLog driftLog;

	private final String target;

	private final Comparison<ConsumerConfiguration, ConsumerConfiguration.Builder> comparison;

	ConsumerPlan(Connection connection, JetStreamManagement management, String stream, ConsumerConfiguration declared,
			Set<String> attributes, @Nullable String origin, DriftLog driftLog) {
		this.connection = connection;
		this.management = management;
		this.stream = stream;
		this.declared = declared;
		this.name = (declared.getDurable() != null) ? declared.getDurable() : declared.getName();
		this.origin = origin;
		this.driftLog = driftLog;
		this.target = target(stream, this.name);
		this.comparison = new Comparison<>(ConsumerAttributes.ALL, this.target, origin, attributes::contains);
	}

	static String target(String stream, @Nullable String name) {
		return ((name != null) ? "consumer '" + name + "'" : "ephemeral consumer") + " of stream '" + stream + "'";
	}

	ConsumerInfo apply(ProvisioningMode mode) {
		requireMultipleFilters();
		ConsumerInfo info = (this.name != null) ? find(this.name) : null;
		if (info != null) {
			return reconcile(info, mode);
		}
		if (this.name != null && !mode.creates()) {
			throw new TopologyException(List.of(missing()));
		}
		return create(mode);
	}

	private @Nullable ConsumerInfo find(String name) {
		return ServerCall.orNull(this.connection, "look for " + this.target, ServerCall.CONSUMER_NOT_FOUND,
				() -> MissingStream.orThrow(this.stream, () -> this.management.getConsumerInfo(this.stream, name)));
	}

	private ConsumerInfo create(ProvisioningMode mode) {
		ConsumerInfo info = ServerCall.orNull(this.connection, "create " + this.target, ServerCall.CONSUMER_EXISTS,
				() -> MissingStream.orThrow(this.stream,
						() -> this.management.createConsumer(this.stream, this.declared)));
		if (info == null) {
			// another instance was faster
			return reconcile(ServerCall.of(this.connection, "read " + this.target,
					() -> this.management.getConsumerInfo(this.stream, String.valueOf(this.name))), mode);
		}
		if (this.name != null) {
			logger.info("Created JetStream " + this.target);
		}
		tolerate(compare(info), (this.name != null) ? mode : ProvisioningMode.CREATE);
		return info;
	}

	private ConsumerInfo reconcile(ConsumerInfo info, ProvisioningMode mode) {
		requireSameKind(info.getConsumerConfiguration());
		if (mode == ProvisioningMode.NONE) {
			return info;
		}
		List<TopologyDifference> differences = compare(info);
		if (mode == ProvisioningMode.UPDATE && isChangeable(differences)) {
			ConsumerInfo updated = update(info.getConsumerConfiguration(), differences);
			tolerate(compare(updated), mode);
			return updated;
		}
		tolerate(differences, mode);
		return info;
	}

	private ConsumerInfo update(ConsumerConfiguration server, List<TopologyDifference> differences) {
		ConsumerConfiguration.Builder builder = ConsumerConfiguration.builder(server);
		this.comparison.apply(builder, this.declared, server);
		String changes = differences.stream()
			.filter((difference) -> difference.kind() == Kind.CHANGEABLE)
			.map(TopologyDifference::summary)
			.collect(Collectors.joining("; "));
		ConsumerInfo info = ServerCall.of(this.connection, "update " + this.target + " (" + changes + ")",
				() -> this.management.updateConsumer(this.stream, builder.build()));
		logger.info("Updated JetStream " + this.target + ": " + changes);
		return info;
	}

	private List<TopologyDifference> compare(ConsumerInfo info) {
		return this.comparison.compare(this.declared, info.getConsumerConfiguration(), this.connection.getServerInfo());
	}

	private void tolerate(List<TopologyDifference> differences, ProvisioningMode mode) {
		this.driftLog.tolerate(this.target, differences, mode);
	}

	private static boolean isChangeable(List<TopologyDifference> differences) {
		return differences.stream().anyMatch((difference) -> difference.kind() == Kind.CHANGEABLE);
	}

	private void requireSameKind(ConsumerConfiguration server) {
		String deliverSubject = server.getDeliverSubject();
		if (this.declared.getDeliverSubject() == null && deliverSubject != null) {
			throw new TopologyException("JetStream " + this.target + " is a push consumer (deliver subject '"
					+ deliverSubject + "') and is declared as a pull consumer: declare it as one (consumerType = "
					+ "\"push\" of a listener), choose another name, for instance '" + this.name
					+ "-pull', or delete the consumer", null);
		}
		if (this.declared.getDeliverSubject() != null && deliverSubject == null) {
			throw new TopologyException("JetStream " + this.target + " is a pull consumer and is declared as a push "
					+ "consumer: declare it as one (consumerType = \"pull\" of a listener), choose another name, for "
					+ "instance '" + this.name + "-push', or delete the consumer", null);
		}
	}

	private void requireMultipleFilters() {
		List<String> filters = this.declared.getFilterSubjects();
		if (filters != null && filters.size() > 1 && this.connection.getServerInfo().isOlderThanVersion("2.10.0")) {
			throw new TopologyException(List.of(new TopologyDifference(this.target, property("filter-subjects"),
					Values.text(filters), "no more than one", Kind.UNSUPPORTED,
					"Several filter subjects need nats-server 2.10.0 or later, connected to "
							+ this.connection.getServerInfo().getVersion()
							+ ": use one subject with a wildcard, or one consumer per subject, for instance "
							+ property("filter-subjects") + "=" + filters.get(0))));
		}
	}

	private TopologyDifference missing() {
		String property = (this.origin != null) ? this.origin : "nats.jetstream.consumers." + this.name;
		return new TopologyDifference(this.target, property, String.valueOf(this.name), null, Kind.MISSING,
				"Create it, or have it created: nats.jetstream.provisioning=create");
	}

	private String property(String attribute) {
		return (this.origin != null) ? this.origin + "." + attribute : attribute;
	}

}

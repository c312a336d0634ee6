package dev.natsboot.topology;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import dev.natsboot.topology.TopologyDifference.Kind;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Plan, difference and application of one stream or bucket.
 */
final class StreamPlan {

	private static final Log logger = LogFactory.getLog(StreamPlan.class);

	private final Connection connection;

	private final JetStreamManagement management;

	private final DeclaredStream declared;

	private final DriftLog driftLog;

	private final Comparison<StreamConfiguration, StreamConfiguration.Builder> comparison;

	StreamPlan(Connection connection, JetStreamManagement management, DeclaredStream declared, DriftLog driftLog) {
		this.connection = connection;
		this.management = management;
		this.declared = declared;
		this.driftLog = driftLog;
		this.comparison = new Comparison<>(declared.catalogue(), declared.target(), declared.prefix(),
				declared.attributes()::contains);
	}

	void apply(ProvisioningMode mode) {
		if (mode == ProvisioningMode.NONE) {
			return;
		}
		StreamInfo info = find();
		if (info != null) {
			reconcile(info, mode);
		}
		else if (mode.creates()) {
			create(mode);
		}
		else {
			throw new TopologyException(List.of(missing()));
		}
	}

	private @Nullable StreamInfo find() {
		return ServerCall.orNull(this.connection, "look for " + this.declared.target(), ServerCall.STREAM_NOT_FOUND,
				() -> this.management.getStreamInfo(this.declared.name()));
	}

	private void create(ProvisioningMode mode) {
		StreamInfo info = ServerCall.orNull(this.connection, "create " + this.declared.target(),
				ServerCall.STREAM_EXISTS, () -> this.management.addStream(this.declared.configuration()));
		if (info == null) {
			// another instance was faster
			reconcile(ServerCall.of(this.connection, "read " + this.declared.target(),
					() -> this.management.getStreamInfo(this.declared.name())), mode);
			return;
		}
		logger.info("Created JetStream " + this.declared.target());
		tolerate(compare(info), mode);
	}

	private void reconcile(StreamInfo info, ProvisioningMode mode) {
		List<TopologyDifference> differences = compare(info);
		if (mode == ProvisioningMode.UPDATE && isChangeable(differences)) {
			tolerate(compare(update(info.getConfiguration(), differences)), mode);
		}
		else {
			tolerate(differences, mode);
		}
	}

	private StreamInfo update(StreamConfiguration server, List<TopologyDifference> differences) {
		StreamConfiguration updated = updated(server);
		String changes = differences.stream()
			.filter((difference) -> difference.kind() == Kind.CHANGEABLE)
			.map(TopologyDifference::summary)
			.collect(Collectors.joining("; "));
		StreamInfo info = ServerCall.of(this.connection, "update " + this.declared.target() + " (" + changes + ")",
				() -> this.management.updateStream(updated));
		logger.info("Updated JetStream " + this.declared.target() + ": " + changes);
		return info;
	}

	/**
	 * The server refuses a duplicate window that is longer than messages live, also one
	 * that it has chosen itself.
	 */
	private StreamConfiguration updated(StreamConfiguration server) {
		StreamConfiguration.Builder builder = StreamConfiguration.builder(server);
		this.comparison.apply(builder, this.declared.configuration(), server);
		StreamConfiguration updated = builder.build();
		Duration age = updated.getMaxAge();
		Duration window = updated.getDuplicateWindow();
		boolean tooLong = !age.isZero() && window != null && window.compareTo(age) > 0;
		return (tooLong && !this.comparison.isDeclared("duplicate-window", this.declared.configuration()))
				? builder.duplicateWindow(age).build() : updated;
	}

	private List<TopologyDifference> compare(StreamInfo info) {
		return this.comparison.compare(this.declared.configuration(), info.getConfiguration(),
				this.connection.getServerInfo());
	}

	private void tolerate(List<TopologyDifference> differences, ProvisioningMode mode) {
		this.driftLog.tolerate(this.declared.target(), differences, mode);
	}

	private static boolean isChangeable(List<TopologyDifference> differences) {
		return differences.stream().anyMatch((difference) -> difference.kind() == Kind.CHANGEABLE);
	}

	private TopologyDifference missing() {
		String mode = (this.declared.prefix() != null) ? this.declared.prefix() + ".provisioning"
				: "nats.jetstream.provisioning";
		return new TopologyDifference(this.declared.target(), this.declared.origin(), this.declared.name(), null,
				Kind.MISSING, "Create it, or have it created: " + mode + "=create");
	}

}

package dev.natsboot.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;

/**
 * One application of a topology: everything is looked at, so that a failure lists all
 * that is wrong and not only the first.
 */
final class TopologyRun {

	private final Topology topology;

	private final Connection connection;

	private final JetStreamManagement management;

	private final DriftLog driftLog;

	private final List<TopologyException> failures = new ArrayList<>();

	private boolean validationFailed;

	TopologyRun(Topology topology, Connection connection, JetStreamManagement management, DriftLog driftLog) {
		this.topology = topology;
		this.connection = connection;
		this.management = management;
		this.driftLog = driftLog;
	}

	/**
	 * Apply everything.
	 * @throws TopologyFailure when something isn't as declared afterwards
	 * @throws java.io.UncheckedIOException at the first call that JetStream doesn't
	 * answer
	 */
	void apply() throws TopologyFailure {
		for (DeclaredStream stream : this.topology.streams()) {
			ProvisioningMode mode = this.topology.mode(stream.mode());
			attempt(mode, () -> new StreamPlan(this.connection, this.management, stream, this.driftLog).apply(mode));
		}
		for (ConsumerDeclaration consumer : this.topology.consumers()) {
			ProvisioningMode mode = this.topology.mode(consumer.mode());
			if (mode != ProvisioningMode.NONE) {
				attempt(mode, () -> new ConsumerPlan(this.connection, this.management, consumer.stream(),
						consumer.configuration(), Set.of(), consumer.origin(), this.driftLog)
					.apply(mode));
			}
		}
		if (!this.failures.isEmpty()) {
			throw new TopologyFailure(TopologyException.combine(this.failures), this.validationFailed);
		}
	}

	private void attempt(ProvisioningMode mode, Runnable plan) {
		try {
			plan.run();
		}
		catch (TopologyException ex) {
			this.failures.add(ex);
			this.validationFailed |= mode == ProvisioningMode.VALIDATE;
		}
	}

	/**
	 * Says whether a validation was among what failed.
	 */
	static final class TopologyFailure extends Exception {

		private static final long serialVersionUID = 1L;

		private final boolean validation;

		private final TopologyException exception;

		TopologyFailure(TopologyException exception, boolean validation) {
			super(exception);
			this.exception = exception;
			this.validation = validation;
		}

		TopologyException exception() {
			return this.exception;
		}

		boolean isValidation() {
			return this.validation;
		}

	}

}

package dev.natsboot.topology;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import dev.natsboot.connection.ConnectionLifecycleListener;
import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.connection.NatsPhases;
import dev.natsboot.core.EndpointState;
import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.topology.TopologyRun.TopologyFailure;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;
import org.springframework.core.Ordered;

/**
 * Applies the application's {@link Topology} when the application starts and after every
 * new connection or reconnection, before listeners attach: a server that comes back may
 * have lost what it kept in memory. Applying twice changes nothing.
 * <p>
 * What fails is tried again with back-off, so that somebody else's correction is noticed.
 * Only during the start, and only in mode {@link ProvisioningMode#VALIDATE} (or when
 * failing fast was asked for), a failure is thrown.
 */
public class TopologyProvisioner implements SmartLifecycle, ConnectionLifecycleListener, Ordered {

	private final NatsConnectionManager manager;

	private final Topology topology;

	private final JetStreamOptions options;

	private final boolean failFast;

	private final DriftLog driftLog = new DriftLog();

	private final ReentrantLock lock = new ReentrantLock();

	private final RetryTimer timer = new RetryTimer("nats-topology");

	private final TopologyState state = new TopologyState();

	private volatile @Nullable Connection applied;

	private volatile boolean running;

	/**
	 * Create a provisioner.
	 * @param manager whose connection to use
	 * @param topology what to provision
	 * @param options the domain or prefix of the JetStream API and the time to wait for
	 * each answer of the server
	 * @param failFast whether any failure during the start is thrown, and not only a
	 * failed validation
	 */
	public TopologyProvisioner(NatsConnectionManager manager, Topology topology, JetStreamOptions options,
			boolean failFast) {
		this.manager = manager;
		this.topology = topology;
		this.options = options;
		this.failFast = failFast;
	}

	/**
	 * What is provisioned.
	 * @return the topology
	 */
	public Topology getTopology() {
		return this.topology;
	}

	/**
	 * Which connection the topology is provisioned on.
	 * @return the name of the connection's manager
	 */
	public String getConnectionName() {
		return this.manager.name();
	}

	/**
	 * Whether everything is as declared. Recovering when something is missing, was
	 * refused, or differs in a mode that doesn't tolerate it. Answers at once.
	 * @return the state
	 */
	public EndpointState getState() {
		return this.state.get();
	}

	/**
	 * The differences that mode {@link ProvisioningMode#CREATE} tolerates. Answers at
	 * once, with what was found when the topology was last applied.
	 * @return the differences, empty when there are none
	 */
	public List<TopologyDifference> getDifferences() {
		return this.driftLog.current().values().stream().flatMap(List::stream).toList();
	}

	/**
	 * Apply the topology when there is a connection, and follow the connection from then
	 * on.
	 * @throws TopologyException when a validation fails or, failing fast, when anything
	 * isn't as declared
	 * @throws UncheckedIOException when JetStream doesn't answer, failing fast
	 */
	@Override
	public void start() {
		if (this.running) {
			return;
		}
		if (this.topology.isEmpty()) {
			this.state.set(Status.RUNNING);
			this.running = true;
			return;
		}
		this.state.set(Status.STARTING);
		Connection connection = this.manager.currentOrNull();
		if (connection != null && connection.getStatus() == Connection.Status.CONNECTED) {
			apply(connection, true);
		}
		this.running = true;
		this.manager.addListener(this);
	}

	@Override
	public void stop() {
		this.running = false;
		this.manager.removeListener(this);
		this.timer.reset();
		this.applied = null;
		this.state.set(Status.STOPPED);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return NatsPhases.TOPOLOGY;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void onConnected(Connection connection) {
		if (connection != this.applied) {
			apply(connection, false);
		}
	}

	@Override
	public void onResubscribed(Connection connection) {
		apply(connection, false);
	}

	private void apply(Connection connection, boolean starting) {
		this.lock.lock();
		try {
			this.applied = connection;
			JetStreamManagement management = ServerCall.of(connection, "use JetStream",
					() -> connection.jetStreamManagement(this.options));
			new TopologyRun(this.topology, connection, management, this.driftLog).apply();
			this.timer.reset();
			this.state.succeeded();
		}
		catch (TopologyFailure ex) {
			failed(ex.exception(), starting && (this.failFast || ex.isValidation()));
		}
		catch (UncheckedIOException ex) {
			failed(ex, starting && this.failFast);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void failed(RuntimeException failure, boolean thrown) {
		if (thrown) {
			throw failure;
		}
		this.state.failed(failure);
		this.timer.schedule(this::retry);
	}

	private void retry() {
		Connection connection = this.manager.currentOrNull();
		if (this.running && connection != null && connection.getStatus() == Connection.Status.CONNECTED) {
			apply(connection, false);
		}
	}

}

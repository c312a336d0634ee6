package dev.natsboot.listener;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import dev.natsboot.core.EndpointState;
import dev.natsboot.observation.NatsMetrics.ConsumerMetrics;
import dev.natsboot.topology.TopologyDifference;
import dev.natsboot.topology.TopologyException;
import io.nats.client.Connection;
import io.nats.client.api.ConsumerInfo;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Receives from a JetStream consumer, which it makes when it is missing. When the
 * consumer or its stream is gone it tries to have it back, and goes on where the consumer
 * stands; where that was forgotten with it, behind what was handled.
 */
final class JetStreamListenerContainer extends AbstractListenerContainer implements IntakeListener {

	private static final Duration NEWS_TRAVELS = Duration.ofMillis(100);

	private final Answered answered = new Answered();

	private final Position position;

	private final @Nullable AckFloor floor;

	private final ConsumerMetrics gauges;

	private final LeaderWatch leaders = new LeaderWatch();

	private volatile @Nullable JetStreamIntake intake;

	private volatile @Nullable Connection connection;

	private @Nullable String consumer;

	private @Nullable ScheduledFuture<?> probe;

	JetStreamListenerContainer(NatsListenerEndpoint endpoint, ListenerServices services) {
		super(endpoint, services);
		this.position = Position.of(endpoint);
		this.floor = (endpoint.ackMode() == AckMode.ALL) ? new AckFloor() : null;
		this.gauges = services.natsMetrics()
			.consumer(String.valueOf(endpoint.stream()),
					(endpoint.consumer() != null) ? endpoint.consumer() : endpoint.id());
	}

	@Override
	public List<TopologyDifference> getDifferences() {
		return services().binder().differences(getEndpoint());
	}

	@Override
	void attach(Connection connection) throws Exception {
		this.connection = connection;
		JetStreamIntake current = this.intake;
		if (isOrdered()) {
			attachOrdered(connection, current);
			return;
		}
		ConsumerInfo info = find(connection);
		if (current != null && info.getName().equals(this.consumer) && current.serves(info)) {
			current.attachAgain(info);
			return;
		}
		abandon();
		open(connection, info);
	}

	/**
	 * An ordered consumer is always made anew. What has come is handled before what will
	 * come; without an intake that would see to it, nothing begins before the last
	 * handler has finished.
	 */
	private void attachOrdered(Connection connection, @Nullable JetStreamIntake current) throws IOException {
		String old = this.consumer;
		if (current != null) {
			ConsumerInfo info = create(connection, true);
			current.moveTo(info);
			observe(connection, info);
		}
		else {
			Assert.state(!this.position.isBusy(), "The handler hasn't finished its last message");
			open(connection, create(connection, false));
		}
		discard(connection, old);
	}

	private void open(Connection connection, ConsumerInfo info) throws IOException {
		JetStreamIntake fresh = new JetStreamIntake(connection, getEndpoint(), info, services(), this.answered,
				this.position, this.floor, this);
		fresh.open();
		this.intake = fresh;
		observe(connection, info);
		services().execute(() -> services().binder().warnOfIdleFilters(connection, getEndpoint(), info));
	}

	private void observe(Connection connection, ConsumerInfo info) {
		released();
		this.consumer = info.getName();
		this.probe = ConsumerProbe.start(connection, info, services(), this.gauges, this);
		if (getEndpoint().consumerType() == ConsumerType.PULL) {
			this.leaders.open(connection, info, this::leaderElected);
		}
	}

	/**
	 * An ephemeral consumer that this container made before knows where to go on.
	 */
	private ConsumerInfo find(Connection connection) {
		ConsumerBinder binder = services().binder();
		if (getEndpoint().consumer() != null) {
			return binder.bind(connection, getEndpoint(), this.intake != null);
		}
		ConsumerInfo known = (this.consumer != null) ? binder.find(connection, getEndpoint(), this.consumer) : null;
		return (known != null) ? known : create(connection, false);
	}

	private ConsumerInfo create(Connection connection, boolean keepsWhatCame) {
		ConsumerBinder binder = services().binder();
		this.position.on(binder.findStream(connection, getEndpoint()));
		Long from = keepsWhatCame ? this.position.afterNewest() : this.position.next();
		if (!isOrdered() && this.consumer != null && from != null) {
			this.logger.info("Listener '" + getId() + "' has a new consumer instead of '" + this.consumer
					+ "', from sequence " + from);
		}
		ConsumerInfo info = binder.create(connection, getEndpoint(), from);
		this.position.on(info);
		return info;
	}

	/**
	 * The server would delete it too, some minutes later.
	 */
	private void discard(@Nullable Connection connection, @Nullable String old) {
		if (old == null || connection == null || connection.getStatus() != Connection.Status.CONNECTED) {
			return;
		}
		try {
			services().binder().delete(connection, getEndpoint(), old);
		}
		catch (TopologyException | UncheckedIOException ex) {
			this.logger.debug("Ordered consumer '" + old + "' could not be deleted", ex);
		}
	}

	private boolean isOrdered() {
		return getEndpoint().consumerType() == ConsumerType.ORDERED;
	}

	@Override
	Ending detach() {
		JetStreamIntake current = this.intake;
		Connection connected = this.connection;
		String old = (isOrdered() && current != null) ? this.consumer : null;
		this.intake = null;
		return new Ending(current, () -> discard(connected, old));
	}

	/**
	 * Handlers don't end with their connection.
	 */
	@Override
	void abandon() {
		JetStreamIntake current = this.intake;
		if (current != null) {
			current.abandon();
			ending(new Ending(current));
			this.intake = null;
		}
	}

	@Override
	void released() {
		this.leaders.close();
		if (this.probe != null) {
			this.probe.cancel(false);
			this.probe = null;
		}
	}

	@Override
	void closed() {
		this.gauges.close();
	}

	/**
	 * What the server sends by itself may have been lost with the consumer, or on the
	 * way; a pull that the server can't serve is answered. With one acknowledgement for
	 * many messages what was lost on the way has to be known.
	 */
	@Override
	void resubscribed() {
		if (this.intake == null || this.floor != null || getEndpoint().consumerType() != ConsumerType.PULL) {
			tryAttach();
			return;
		}
		this.intake.pullAgain();
		attached();
	}

	/**
	 * What was asked of the old leader is lost. The other servers of the cluster may hear
	 * a moment later than this listener that there is a new one.
	 */
	private void leaderElected() {
		askWhileRecovering();
		services().timer()
			.schedule(() -> services().execute(this::askWhileRecovering), NEWS_TRAVELS.toMillis(),
					TimeUnit.MILLISECONDS);
		Connection connected = this.connection;
		if (connected != null) {
			services().execute(() -> onResubscribed(connected));
		}
	}

	/**
	 * An attempt to attach may still be waiting for the old leader: ask without waiting
	 * for its end.
	 */
	private void askWhileRecovering() {
		JetStreamIntake current = this.intake;
		if (current != null && this.floor == null && getState().status() == EndpointState.Status.RECOVERING) {
			current.pullAgain();
		}
	}

	@Override
	public void unavailable(String text) {
		recover(text, () -> true);
	}

	@Override
	public void silent() {
		recover("Neither messages nor heartbeats came from the server", () -> true);
	}

	@Override
	public void gone(String consumer, String text) {
		recover(text, () -> consumer.equals(this.consumer));
	}

	@Override
	public void told(ConsumerInfo consumer) {
		this.position.acknowledged(consumer);
	}

	@Override
	public void unbound(String consumer) {
		recover("The server sees no subscriber of consumer '" + consumer + "'", () -> {
			JetStreamIntake current = this.intake;
			if (current == null || !consumer.equals(this.consumer)) {
				return false;
			}
			current.suspect();
			return true;
		});
	}

	private void recover(String text, BooleanSupplier condition) {
		services().execute(() -> locked(() -> {
			if (getState().status() == EndpointState.Status.RUNNING && condition.getAsBoolean()) {
				failed(new IllegalStateException(text));
			}
			return null;
		}));
	}

}

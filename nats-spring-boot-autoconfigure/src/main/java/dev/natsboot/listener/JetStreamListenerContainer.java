package dev.natsboot.listener;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import dev.natsboot.core.EndpointState;
import dev.natsboot.observation.NatsMetrics.ConsumerMetrics;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.ConsumerInfo;
import org.jspecify.annotations.Nullable;

/**
 * Receives from a JetStream consumer, which it makes when it is missing. When the
 * consumer or its stream is gone it tries to have it back, and goes on where the consumer
 * stands.
 */
final class JetStreamListenerContainer extends AbstractListenerContainer implements IntakeListener {

	private final GivenBack givenBack = new GivenBack();

	private @Nullable JetStreamIntake intake;

	private @Nullable String consumer;

	private @Nullable ScheduledFuture<?> ticks;

	private @Nullable ScheduledFuture<?> probe;

	private final ConsumerMetrics gauges;

	JetStreamListenerContainer(NatsListenerEndpoint endpoint, ListenerServices services) {
		super(endpoint, services);
		this.gauges = services.natsMetrics()
			.consumer(String.valueOf(endpoint.stream()),
					(endpoint.consumer() != null) ? endpoint.consumer() : endpoint.id());
	}

	@Override
	void attach(Connection connection) throws Exception {
		ConsumerInfo known = ephemeral(connection);
		ConsumerInfo info = (known != null) ? known : services().binder().bind(connection, getEndpoint());
		JetStreamIntake current = this.intake;
		if (current != null && info.getName().equals(this.consumer)) {
			current.pullAgain();
			return;
		}
		abandon();
		released();
		JetStreamIntake fresh = new JetStreamIntake(connection, getEndpoint(), info, services(), this.givenBack, this);
		fresh.open();
		this.intake = fresh;
		this.consumer = info.getName();
		this.probe = ConsumerProbe.start(connection, info, services(), this.gauges);
		long interval = fresh.tickInterval().toMillis();
		this.ticks = services().timer().scheduleWithFixedDelay(fresh::tick, interval, interval, TimeUnit.MILLISECONDS);
	}

	/**
	 * An ephemeral consumer that this container made before knows where to go on; a new
	 * one would begin anew.
	 */
	private @Nullable ConsumerInfo ephemeral(Connection connection) throws IOException {
		if (getEndpoint().consumer() != null || this.consumer == null) {
			return null;
		}
		try {
			return connection.jetStreamManagement(services().jetStreamOptions())
				.getConsumerInfo(getEndpoint().stream(), this.consumer);
		}
		catch (JetStreamApiException ex) {
			this.logger.info("Consumer '" + this.consumer + "' of listener '" + getId() + "' is gone ("
					+ ex.getMessage() + "), making a new one");
			this.consumer = null;
			return null;
		}
	}

	@Override
	Runnable detach(Duration timeout, Thread caller) {
		JetStreamIntake current = this.intake;
		ScheduledFuture<?> ticking = this.ticks;
		this.intake = null;
		this.ticks = null;
		return () -> {
			if (current != null) {
				current.close(timeout, caller);
			}
			if (ticking != null) {
				ticking.cancel(false);
			}
		};
	}

	@Override
	void abandon() {
		if (this.intake != null) {
			this.intake.abandon();
			this.intake = null;
		}
		if (this.ticks != null) {
			this.ticks.cancel(false);
			this.ticks = null;
		}
	}

	@Override
	void released() {
		if (this.probe != null) {
			this.probe.cancel(false);
			this.probe = null;
		}
	}

	@Override
	void closed() {
		this.gauges.close();
	}

	@Override
	void resubscribed() {
		if (this.intake == null) {
			tryAttach();
			return;
		}
		this.intake.pullAgain();
		attached();
	}

	@Override
	public void unavailable(String text) {
		recover(text);
	}

	@Override
	public void silent() {
		recover("Neither messages nor heartbeats came from the server");
	}

	private void recover(String text) {
		services().executor().execute(() -> locked(() -> {
			if (getState().status() == EndpointState.Status.RUNNING) {
				failed(new IllegalStateException(text));
			}
			return null;
		}));
	}

}

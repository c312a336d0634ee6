package dev.natsboot.listener;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import dev.natsboot.observation.NatsMetrics.ConsumerMetrics;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.ConsumerInfo;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Asks the server from time to time how many messages wait for a consumer, for the
 * gauges, and whether it is there and sees its subscriber: a push consumer in a group has
 * no heartbeat that would miss.
 */
final class ConsumerProbe {

	private static final Log logger = LogFactory.getLog(ConsumerProbe.class);

	private static final int CONSUMER_NOT_FOUND = 10014;

	private static final int STREAM_NOT_FOUND = 10059;

	private final Connection connection;

	private final ListenerServices services;

	private final ConsumerMetrics gauges;

	private final ConsumerInfo consumer;

	private final IntakeListener owner;

	private boolean unbound;

	private ConsumerProbe(Connection connection, ConsumerInfo consumer, ListenerServices services,
			ConsumerMetrics gauges, IntakeListener owner) {
		this.owner = owner;
		this.connection = connection;
		this.consumer = consumer;
		this.services = services;
		this.gauges = gauges;
	}

	/**
	 * Begin with what is known, and ask again at the configured interval.
	 * @return what to cancel in the end
	 */
	static ScheduledFuture<?> start(Connection connection, ConsumerInfo consumer, ListenerServices services,
			ConsumerMetrics gauges, IntakeListener owner) {
		ConsumerProbe probe = new ConsumerProbe(connection, consumer, services, gauges, owner);
		probe.update(consumer);
		Duration interval = services.probeInterval();
		return services.timer()
			.scheduleWithFixedDelay(probe::askSoon, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * What is thrown would end the asking for good.
	 */
	private void askSoon() {
		try {
			this.services.executor().execute(this::ask);
		}
		catch (RejectedExecutionException | Error ex) {
			logger.debug("No thread to ask for consumer '" + this.consumer.getName() + "', asking again later", ex);
		}
	}

	private void ask() {
		try {
			ConsumerInfo info = this.connection.jetStreamManagement(this.services.jetStreamOptions())
				.getConsumerInfo(this.consumer.getStreamName(), this.consumer.getName());
			update(info);
			check(info);
		}
		catch (JetStreamApiException ex) {
			if (ex.getApiErrorCode() == CONSUMER_NOT_FOUND || ex.getApiErrorCode() == STREAM_NOT_FOUND) {
				this.owner.gone(this.consumer.getName(), String.valueOf(ex.getMessage()));
			}
			else {
				unknown(ex);
			}
		}
		catch (IOException | IllegalStateException ex) {
			unknown(ex);
		}
	}

	/**
	 * A subscription needs a moment to reach all servers of a cluster.
	 */
	private void check(ConsumerInfo info) {
		boolean push = info.getConsumerConfiguration().getDeliverSubject() != null;
		boolean before = this.unbound;
		this.unbound = push && !info.isPushBound();
		if (this.unbound && before) {
			this.unbound = false;
			this.owner.unbound(this.consumer.getName());
		}
	}

	private void unknown(Exception ex) {
		logger.debug("Consumer '" + this.consumer.getName() + "' of stream '" + this.consumer.getStreamName()
				+ "' can't be asked for its figures now", ex);
	}

	private void update(ConsumerInfo info) {
		this.gauges.update(info.getNumPending(), info.getNumAckPending(), info.getRedelivered());
		this.owner.told(info);
	}

}

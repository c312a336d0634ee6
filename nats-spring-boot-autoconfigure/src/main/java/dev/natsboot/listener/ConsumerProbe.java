package dev.natsboot.listener;

import java.io.IOException;
import java.time.Duration;
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
 * gauges.
 */
final class ConsumerProbe {

	private static final Log logger = LogFactory.getLog(ConsumerProbe.class);

	private final Connection connection;

	private final ListenerServices services;

	private final ConsumerMetrics gauges;

	private final ConsumerInfo consumer;

	private ConsumerProbe(Connection connection, ConsumerInfo consumer, ListenerServices services,
			ConsumerMetrics gauges) {
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
			ConsumerMetrics gauges) {
		ConsumerProbe probe = new ConsumerProbe(connection, consumer, services, gauges);
		probe.update(consumer);
		Duration interval = services.probeInterval();
		return services.timer()
			.scheduleWithFixedDelay(() -> services.executor().execute(probe::ask), interval.toMillis(),
					interval.toMillis(), TimeUnit.MILLISECONDS);
	}

	private void ask() {
		try {
			update(this.connection.jetStreamManagement(this.services.jetStreamOptions())
				.getConsumerInfo(this.consumer.getStreamName(), this.consumer.getName()));
		}
		catch (IOException | JetStreamApiException | IllegalStateException ex) {
			logger.debug("Consumer '" + this.consumer.getName() + "' of stream '" + this.consumer.getStreamName()
					+ "' can't be asked for its figures now", ex);
		}
	}

	private void update(ConsumerInfo info) {
		this.gauges.update(info.getNumPending(), info.getNumAckPending(), info.getRedelivered());
	}

}

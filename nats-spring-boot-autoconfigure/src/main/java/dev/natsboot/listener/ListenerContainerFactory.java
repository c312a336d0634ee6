package dev.natsboot.listener;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.convert.PayloadConverter;
import dev.natsboot.observation.NatsMetrics;
import dev.natsboot.topology.ConsumerProvisioner;
import dev.natsboot.topology.ProvisioningMode;
import io.nats.client.JetStreamOptions;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.util.Assert;

/**
 * Makes the containers of listener endpoints.
 */
public class ListenerContainerFactory implements DisposableBean {

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(timerThreads());

	private final Executor executor;

	private final PayloadConverter converter;

	private final NatsMetrics metrics;

	private final JetStreamOptions jetStreamOptions;

	private final ConsumerBinder binder;

	private final Duration probeInterval;

	private final Duration shutdownTimeout;

	/**
	 * Create a factory.
	 * @param executor runs handlers; has to offer a thread for each worker of each
	 * container
	 * @param converter encodes what handlers return
	 * @param metrics what is counted
	 * @param jetStreamOptions the domain or prefix of the JetStream API
	 * @param provisioner makes consumers
	 * @param mode what to do about consumers that are missing or differ
	 * @param probeInterval how long between two questions for a consumer's figures, which
	 * feed the gauges
	 * @param shutdownTimeout how long a stop waits for running handlers
	 */
	public ListenerContainerFactory(ListenerExecutor executor, PayloadConverter converter, NatsMetrics metrics,
			JetStreamOptions jetStreamOptions, ConsumerProvisioner provisioner, ProvisioningMode mode,
			Duration probeInterval, Duration shutdownTimeout) {
		this.executor = executor.executor();
		this.converter = converter;
		this.metrics = metrics;
		this.jetStreamOptions = jetStreamOptions;
		this.binder = new ConsumerBinder(provisioner, mode);
		this.probeInterval = probeInterval;
		this.shutdownTimeout = shutdownTimeout;
	}

	private static CustomizableThreadFactory timerThreads() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("nats-timer-");
		threads.setDaemon(true);
		return threads;
	}

	/**
	 * Make a container that isn't started.
	 */
	AbstractListenerContainer create(NatsListenerEndpoint endpoint, NatsConnectionManager connections) {
		ListenerServices services = new ListenerServices(connections, this.executor, this.timer, this.converter,
				this.metrics, this.metrics.listener(endpoint.id(), endpoint.subjects()), this.binder,
				this.jetStreamOptions, this.probeInterval, this.shutdownTimeout);
		if (endpoint.isJetStream()) {
			return new JetStreamListenerContainer(endpoint, services);
		}
		Assert.isTrue(!endpoint.isBatch(), () -> "Listener '" + endpoint.id()
				+ "' takes batches, which need JetStream: set 'stream', for example stream = \"ORDERS\"");
		return new CoreListenerContainer(endpoint, services);
	}

	@Override
	public void destroy() {
		this.timer.shutdownNow();
	}

}

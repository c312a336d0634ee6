package dev.natsboot.listener;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.convert.PayloadConverter;
import dev.natsboot.core.Durations;
import dev.natsboot.core.JetStreamTemplate;
import dev.natsboot.core.NatsExecutor;
import dev.natsboot.core.NatsTemplate;
import dev.natsboot.observation.ListenerMetrics.Outcome;
import dev.natsboot.observation.NatsMetrics;
import dev.natsboot.observation.NatsObservations;
import dev.natsboot.service.ErrorReplies;
import dev.natsboot.service.ServiceErrorResolver;
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

	private final NatsExecutor executor;

	private final PayloadConverter converter;

	private final ConsumerProvisioner provisioner;

	private JetStreamOptions jetStreamOptions = JetStreamOptions.DEFAULT_JS_OPTIONS;

	private ProvisioningMode provisioning = ProvisioningMode.CREATE;

	private NatsMetrics metrics = NatsMetrics.NONE;

	private NatsObservations observations = NatsObservations.NONE;

	private ServiceErrorResolver errorResolver = ServiceErrorResolver.withMessages(true);

	private Consumer<JetStreamTemplate> replyCustomizer = (template) -> {
	};

	private BoundConsumerListener boundConsumerListener = (endpoint, consumer, connections) -> {
	};

	private Duration consumerInfoInterval = Duration.ofSeconds(5);

	private Duration shutdownTimeout = Duration.ofSeconds(20);

	/**
	 * Create a factory.
	 * @param executor runs handlers
	 * @param converter encodes what handlers return
	 * @param provisioner makes and finds consumers
	 */
	public ListenerContainerFactory(NatsExecutor executor, PayloadConverter converter,
			ConsumerProvisioner provisioner) {
		this.executor = executor;
		this.converter = converter;
		this.provisioner = provisioner;
	}

	private static CustomizableThreadFactory timerThreads() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("nats-timer-");
		threads.setDaemon(true);
		return threads;
	}

	/**
	 * The JetStream API to use. The server's own unless set.
	 * @param jetStreamOptions domain or prefix
	 */
	public void setJetStreamOptions(JetStreamOptions jetStreamOptions) {
		this.jetStreamOptions = jetStreamOptions;
	}

	/**
	 * What to do about consumers that are missing or differ.
	 * {@link ProvisioningMode#CREATE} unless set.
	 * @param provisioning the mode
	 */
	public void setProvisioning(ProvisioningMode provisioning) {
		this.provisioning = provisioning;
	}

	/**
	 * What is counted. Nothing unless set.
	 * @param metrics the meters
	 */
	public void setMetrics(NatsMetrics metrics) {
		this.metrics = metrics;
	}

	/**
	 * What is traced. Nothing unless set.
	 * @param observations the observations
	 */
	public void setObservations(NatsObservations observations) {
		this.observations = observations;
	}

	/**
	 * What requesters learn about failures of listeners that answer. The default, with
	 * the texts of unexpected exceptions, unless set.
	 * @param errorResolver turns failures into error replies
	 */
	public void setErrorResolver(ServiceErrorResolver errorResolver) {
		this.errorResolver = errorResolver;
	}

	/**
	 * How replies of listeners on streams are published: how long to wait for the
	 * server's confirmation, and how often to try. As {@link JetStreamTemplate} does by
	 * itself unless set.
	 * @param replyCustomizer sets up the template of each listener
	 */
	public void setReplyCustomizer(Consumer<JetStreamTemplate> replyCustomizer) {
		this.replyCustomizer = replyCustomizer;
	}

	/**
	 * Who is told which consumers the listeners have. Nobody unless set.
	 * @param boundConsumerListener is told
	 */
	public void setBoundConsumerListener(BoundConsumerListener boundConsumerListener) {
		this.boundConsumerListener = boundConsumerListener;
	}

	/**
	 * How long between two questions for a consumer's figures, which feed the gauges. 5
	 * seconds unless set.
	 * @param consumerInfoInterval a positive duration
	 */
	public void setConsumerInfoInterval(Duration consumerInfoInterval) {
		Assert.isTrue(!consumerInfoInterval.isZero() && !consumerInfoInterval.isNegative(),
				() -> "'nats.listener.consumer-info-interval' is " + Durations.text(consumerInfoInterval)
						+ ", but must be longer than 0, for example 5s");
		this.consumerInfoInterval = consumerInfoInterval;
	}

	/**
	 * How long a stop waits for running handlers. 20 seconds unless set.
	 * @param shutdownTimeout the time
	 */
	public void setShutdownTimeout(Duration shutdownTimeout) {
		Assert.isTrue(!shutdownTimeout.isNegative(), () -> "'nats.listener.shutdown-timeout' is "
				+ Durations.text(shutdownTimeout) + ", but must be 0 or longer, for example 20s");
		this.shutdownTimeout = shutdownTimeout;
	}

	/**
	 * Make a container that isn't started.
	 */
	AbstractListenerContainer create(NatsListenerEndpoint endpoint, NatsConnectionManager connections) {
		if (endpoint.isJetStream()) {
			return new JetStreamListenerContainer(endpoint, services(endpoint, connections));
		}
		Assert.isTrue(!endpoint.isBatch(), () -> "Listener '" + endpoint.id()
				+ "' takes batches, which need JetStream: set 'stream', for example stream = \"ORDERS\"");
		return new CoreListenerContainer(endpoint, services(endpoint, connections));
	}

	private ListenerServices services(NatsListenerEndpoint endpoint, NatsConnectionManager connections) {
		NatsTemplate core = new NatsTemplate(connections, this.converter, this.executor);
		core.setMetrics(this.metrics);
		core.setObservations(this.observations);
		JetStreamTemplate jetStream = new JetStreamTemplate(connections, this.converter, this.executor);
		this.replyCustomizer.accept(jetStream);
		jetStream.setMetrics(this.metrics);
		jetStream.setObservations(this.observations);
		return new ListenerServices(connections, this.executor::execute, this.timer, core, jetStream,
				new ErrorReplies("listener '" + endpoint.id() + "'", connections, this.errorResolver), this.metrics,
				this.observations,
				this.metrics.listener(endpoint.id(), endpoint.subjects(),
						endpoint.isJetStream() ? Outcome.OF_STREAM : Outcome.OF_SUBSCRIPTION),
				new ConsumerBinder(this.provisioner, this.provisioning,
						(bound, consumer) -> this.boundConsumerListener.onBound(bound, consumer, connections)),
				this.jetStreamOptions, this.consumerInfoInterval, this.shutdownTimeout);
	}

	@Override
	public void destroy() {
		this.timer.shutdownNow();
	}

}

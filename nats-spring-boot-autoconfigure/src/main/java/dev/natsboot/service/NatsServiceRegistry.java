package dev.natsboot.service;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.connection.NatsPhases;
import dev.natsboot.connection.NatsServerErrorEvent;
import dev.natsboot.convert.PayloadConverter;
import dev.natsboot.core.NatsExecutor;
import dev.natsboot.observation.ListenerMetrics;
import dev.natsboot.observation.ListenerMetrics.Outcome;
import dev.natsboot.observation.NatsMetrics;
import dev.natsboot.observation.NatsObservations;
import dev.natsboot.observation.ObservedEndpoint;
import io.nats.client.NUID;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;

/**
 * The request handlers of the application. Those with the same service name, version and
 * connection are endpoints of one NATS service, which answers {@code $SRV.PING},
 * {@code $SRV.INFO} and {@code $SRV.STATS} to any NATS client (ADR-32).
 */
public class NatsServiceRegistry implements SmartLifecycle, DisposableBean, ApplicationListener<NatsServerErrorEvent> {

	private static final Log logger = LogFactory.getLog(NatsServiceRegistry.class);

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<String, ServiceContainer> containers = new LinkedHashMap<>();

	private final Map<ServiceKey, NatsService> services = new LinkedHashMap<>();

	private final ServiceSettings settings;

	private final PayloadConverter converter;

	private final ServiceErrorResolver errors;

	private final NatsExecutor executor;

	private final NatsMetrics metrics;

	private volatile NatsObservations observations = NatsObservations.NONE;

	private volatile boolean running;

	/**
	 * Create a registry without handlers.
	 * @param settings what the services have in common
	 * @param converter encodes replies
	 * @param errors decides what requesters learn about failures, or {@code null} for the
	 * default
	 * @param executor runs the handlers; closed by its owner
	 * @param metrics counts requests
	 */
	public NatsServiceRegistry(ServiceSettings settings, PayloadConverter converter,
			@Nullable ServiceErrorResolver errors, NatsExecutor executor, NatsMetrics metrics) {
		this.settings = settings;
		this.converter = converter;
		this.errors = (errors != null) ? errors : ServiceErrorResolver.withMessages(settings.errorMessages());
		this.executor = executor;
		this.metrics = metrics;
	}

	/**
	 * Have requests observed. Counts for handlers that are added from now on.
	 * @param observations starts observations; none are made unless set
	 */
	public void setObservations(NatsObservations observations) {
		this.observations = observations;
	}

	/**
	 * Add a handler. It starts with the registry, or at once when that runs already,
	 * unless the endpoint doesn't want to start by itself.
	 * @param endpoint what to answer
	 * @param manager the connection to answer on
	 * @return the container that runs the handler
	 * @throws IllegalArgumentException when there is a handler with this id, or an
	 * endpoint with this name in the same service
	 */
	public RequestHandlerContainer register(RequestEndpoint endpoint, NatsConnectionManager manager) {
		ServiceContainer container = add(endpoint, manager);
		if (this.running && endpoint.autoStartup()) {
			container.start();
		}
		return container;
	}

	private ServiceContainer add(RequestEndpoint endpoint, NatsConnectionManager manager) {
		this.lock.lock();
		try {
			ServiceContainer existing = this.containers.get(endpoint.id());
			if (existing != null) {
				throw new IllegalArgumentException("There is already a request handler with the id '" + endpoint.id()
						+ "', on subject '" + existing.getEndpoint().subject() + "'; the one on subject '"
						+ endpoint.subject() + "' needs another, for example id = \"" + endpoint.id() + "-2\"");
			}
			NatsService service = service(endpoint, manager);
			ListenerMetrics meters = this.metrics.listener(endpoint.id(), List.of(endpoint.subject()),
					Outcome.OF_REQUESTS);
			ReplyChannel channel = new ReplyChannel(manager);
			RequestContext context = new RequestContext(endpoint, new Replies(channel, this.converter),
					new ErrorReplies(endpoint.toString(), channel, this.errors), new EndpointCounters(), meters,
					this.observations, observed(endpoint));
			ServiceContainer container = new ServiceContainer(context, service, this.executor,
					this.settings.shutdownTimeout());
			service.add(container);
			this.containers.put(endpoint.id(), container);
			return container;
		}
		finally {
			this.lock.unlock();
		}
	}

	private static ObservedEndpoint observed(RequestEndpoint endpoint) {
		return new ObservedEndpoint(endpoint.id(), List.of(endpoint.subject()), endpoint.queue(), null, true);
	}

	private NatsService service(RequestEndpoint endpoint, NatsConnectionManager manager) {
		String name = (endpoint.service() != null) ? endpoint.service() : this.settings.name();
		String version = (endpoint.version() != null) ? endpoint.version() : this.settings.version();
		return this.services.computeIfAbsent(new ServiceKey(name, version, manager), (key) -> {
			ServiceInstance instance = new ServiceInstance(name, NUID.nextGlobal(), version, this.settings.metadata());
			return new NatsService(manager, instance, this.settings);
		});
	}

	/**
	 * Stop and forget a handler, with its meters. Does nothing when there is none.
	 * @param id the endpoint's id
	 */
	public void unregister(String id) {
		ServiceContainer container;
		this.lock.lock();
		try {
			container = this.containers.remove(id);
		}
		finally {
			this.lock.unlock();
		}
		if (container != null) {
			container.stop();
			container.discard();
		}
	}

	/**
	 * The container of a handler.
	 * @param id the endpoint's id
	 * @return the container, or {@code null} when there is none with this id
	 */
	public @Nullable RequestHandlerContainer getContainer(String id) {
		this.lock.lock();
		try {
			return this.containers.get(id);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * All containers in the order of their registration.
	 * @return the containers
	 */
	public Collection<RequestHandlerContainer> getContainers() {
		return List.copyOf(containers());
	}

	/**
	 * The service instances that the handlers form, with the endpoints that run.
	 * @return what the instances also tell other NATS clients
	 */
	public List<ServiceInfo> getServices() {
		return services().stream().map(NatsService::info).toList();
	}

	@Override
	public void start() {
		this.running = true;
		List<ServiceContainer> started = containers().stream()
			.filter((container) -> container.getEndpoint().autoStartup())
			.toList();
		started.forEach(ServiceContainer::begin);
		flush();
	}

	@Override
	public void stop() {
		stop(Thread.currentThread());
	}

	/**
	 * Stop without keeping others that stop in the same phase from beginning.
	 * @param callback called once, when everything has stopped
	 */
	@Override
	public void stop(Runnable callback) {
		Thread caller = Thread.currentThread();
		Thread stop = new Thread(() -> {
			try {
				stop(caller);
			}
			finally {
				callback.run();
			}
		}, "nats-service-stop");
		stop.setDaemon(true);
		stop.start();
	}

	private void stop(Thread caller) {
		this.running = false;
		services().forEach(NatsService::withdraw);
		List<ServiceContainer.Stopping> stopping = containers().stream()
			.map((container) -> container.stopping(false))
			.toList();
		stopping.forEach((each) -> await(each, caller));
		flush();
	}

	private static void await(ServiceContainer.Stopping stopping, Thread caller) {
		try {
			stopping.await(caller);
		}
		catch (RuntimeException ex) {
			logger.error("A request handler could not be stopped in an orderly way", ex);
		}
	}

	/**
	 * Have the state of a handler tell that its subscription was refused.
	 * @param event what the server reported
	 */
	@Override
	public void onApplicationEvent(NatsServerErrorEvent event) {
		services().stream()
			.filter((service) -> service.manager() == event.getSource())
			.forEach((service) -> service.serverError(event));
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return NatsPhases.LISTENERS;
	}

	/**
	 * Stop, and remove the meters of all handlers.
	 */
	@Override
	public void destroy() {
		stop();
		containers().forEach(ServiceContainer::discard);
	}

	private List<ServiceContainer> containers() {
		this.lock.lock();
		try {
			return new ArrayList<>(this.containers.values());
		}
		finally {
			this.lock.unlock();
		}
	}

	private List<NatsService> services() {
		this.lock.lock();
		try {
			return new ArrayList<>(this.services.values());
		}
		finally {
			this.lock.unlock();
		}
	}

	private void flush() {
		Set<NatsConnectionManager> managers = new LinkedHashSet<>();
		services().forEach((service) -> managers.add(service.manager()));
		managers.forEach(Waits::flush);
	}

	private record ServiceKey(String name, String version, NatsConnectionManager manager) {
	}

}

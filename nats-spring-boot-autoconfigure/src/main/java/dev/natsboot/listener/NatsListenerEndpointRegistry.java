package dev.natsboot.listener;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.connection.NatsPhases;
import dev.natsboot.connection.NatsServerErrorEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.Assert;

/**
 * The listener containers of the application. Starts and stops them with it; any of them
 * can be started, stopped, paused and resumed by its id.
 */
public class NatsListenerEndpointRegistry
		implements SmartLifecycle, DisposableBean, ApplicationListener<NatsServerErrorEvent> {

	private static final Log logger = LogFactory.getLog(NatsListenerEndpointRegistry.class);

	private final Map<String, AbstractListenerContainer> containers = new ConcurrentSkipListMap<>();

	private final ListenerContainerFactory factory;

	private volatile boolean running;

	/**
	 * Create a registry.
	 * @param factory makes the containers
	 */
	public NatsListenerEndpointRegistry(ListenerContainerFactory factory) {
		this.factory = factory;
	}

	/**
	 * Register an endpoint. Its container starts with the application, or at once when
	 * the application runs already, unless the endpoint says otherwise.
	 * @param endpoint what to listen to
	 * @param connections the connection to follow
	 * @return the container
	 * @throws IllegalStateException when another endpoint has the same id, or the same
	 * consumer with other subjects
	 */
	public ListenerContainer register(NatsListenerEndpoint endpoint, NatsConnectionManager connections) {
		requireOneUse(endpoint, connections);
		AbstractListenerContainer container = this.factory.create(endpoint, connections);
		AbstractListenerContainer other = this.containers.putIfAbsent(endpoint.id(), container);
		Assert.state(other == null, () -> "Another listener is registered with the id '" + endpoint.id()
				+ "': give each an 'id' of its own, for example id = \"" + endpoint.id() + "-2\"");
		if (this.running && container.isAutoStartup()) {
			container.start();
		}
		return container;
	}

	/**
	 * Two listeners may share a consumer, but it has one set of subjects.
	 */
	private void requireOneUse(NatsListenerEndpoint endpoint, NatsConnectionManager connections) {
		if (endpoint.consumer() == null) {
			return;
		}
		for (AbstractListenerContainer container : this.containers.values()) {
			NatsListenerEndpoint other = container.getEndpoint();
			Assert.state(
					!endpoint.consumer().equals(other.consumer()) || !Objects.equals(endpoint.stream(), other.stream())
							|| !container.getConnectionName().equals(connections.name())
							|| Set.copyOf(endpoint.subjects()).equals(Set.copyOf(other.subjects())),
					() -> "Listener '" + other.id() + "' has the consumer '" + other.consumer() + "' with the subjects "
							+ other.subjects() + ", listener '" + endpoint.id() + "' with " + endpoint.subjects()
							+ ": give each a consumer of its own, for example consumer = \"" + endpoint.consumer()
							+ "-2\"");
		}
	}

	/**
	 * All containers in the order of their ids.
	 * @return the containers
	 */
	public Collection<ListenerContainer> getListenerContainers() {
		return Collections.unmodifiableCollection(this.containers.values());
	}

	/**
	 * The container of an endpoint.
	 * @param id the endpoint's id
	 * @return the container, or {@code null} when there is none with this id
	 */
	public @Nullable ListenerContainer getListenerContainer(String id) {
		return this.containers.get(id);
	}

	@Override
	public void start() {
		this.running = true;
		this.containers.values().stream().filter(ListenerContainer::isAutoStartup).forEach(ListenerContainer::start);
	}

	@Override
	public void stop() {
		CountDownLatch stopped = new CountDownLatch(1);
		stop(stopped::countDown);
		try {
			stopped.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Stop all containers at the same time.
	 */
	@Override
	public void stop(Runnable callback) {
		this.running = false;
		List<AbstractListenerContainer> all = List.copyOf(this.containers.values());
		CountDownLatch open = new CountDownLatch(all.size());
		Thread caller = Thread.currentThread();
		all.forEach((container) -> run("nats-stop-" + container.getId(), () -> stop(container, caller, open)));
		run("nats-stop", () -> {
			await(open);
			callback.run();
		});
	}

	private static void run(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		thread.start();
	}

	private static void stop(AbstractListenerContainer container, Thread caller, CountDownLatch open) {
		try {
			container.stop(caller);
		}
		catch (RuntimeException ex) {
			logger.error("Listener '" + container.getId() + "' could not be stopped", ex);
		}
		finally {
			open.countDown();
		}
	}

	private static void await(CountDownLatch open) {
		try {
			open.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Have the state of a core listener tell that its subscription was refused.
	 * @param event what the server reported
	 */
	@Override
	public void onApplicationEvent(NatsServerErrorEvent event) {
		this.containers.values()
			.stream()
			.filter((container) -> container.services().connections() == event.getSource())
			.filter(CoreListenerContainer.class::isInstance)
			.forEach((container) -> ((CoreListenerContainer) container).serverError(event));
	}

	@Override
	public void destroy() {
		this.containers.values().forEach(AbstractListenerContainer::close);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return NatsPhases.LISTENERS;
	}

}

package dev.natsboot.service;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

import dev.natsboot.connection.ConnectionLifecycleListener;
import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.connection.NatsServerErrorEvent;
import io.nats.client.Connection;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * One instance of a NATS service: the endpoints with the same service name and version on
 * one connection. It can be discovered as long as one of them runs.
 */
final class NatsService implements ConnectionLifecycleListener {

	private static final Log logger = LogFactory.getLog(NatsService.class);

	private final ReentrantLock lock = new ReentrantLock();

	private final NatsConnectionManager manager;

	private final ServiceInstance instance;

	private final ServiceSettings settings;

	private final Instant started = Instant.now();

	private final List<ServiceContainer> containers = new CopyOnWriteArrayList<>();

	private @Nullable Intake monitor;

	private boolean following;

	NatsService(NatsConnectionManager manager, ServiceInstance instance, ServiceSettings settings) {
		this.manager = manager;
		this.instance = instance;
		this.settings = settings;
	}

	ServiceInstance instance() {
		return this.instance;
	}

	NatsConnectionManager manager() {
		return this.manager;
	}

	void add(ServiceContainer container) {
		RequestEndpoint endpoint = container.getEndpoint();
		for (ServiceContainer each : this.containers) {
			Assert.isTrue(!each.getEndpoint().name().equals(endpoint.name()),
					() -> "Request handlers '" + each.getId() + "' and '" + endpoint.id() + "' of service '"
							+ this.instance.name() + "' would have the same endpoint name '" + endpoint.name()
							+ "': give one of them another id, for example id = \"" + endpoint.id() + "-2\"");
		}
		this.containers.add(container);
	}

	void remove(ServiceContainer container) {
		this.containers.remove(container);
	}

	@Nullable String instanceSubject(RequestEndpoint endpoint) {
		return this.settings.instanceSubjects() ? "_INSTANCE." + this.instance.id() + "." + endpoint.subject() : null;
	}

	ServiceInfo info() {
		return ServiceReports.info(this, this.settings, running());
	}

	ServiceStats stats() {
		return new ServiceStats(this.instance, this.started,
				running().stream().map(ServiceContainer::getStats).toList());
	}

	private List<ServiceContainer> running() {
		return this.containers.stream().filter(ServiceContainer::isRunning).toList();
	}

	void started(ServiceContainer container) {
		follow();
		Connection connection = this.manager.currentOrNull();
		if (connection != null && connection.getStatus() == Connection.Status.CONNECTED) {
			watch(connection);
			container.attach(connection);
		}
	}

	/**
	 * A container has stopped; with the last one the service can't be discovered any
	 * more.
	 */
	void stopped() {
		this.lock.lock();
		try {
			if (running().isEmpty()) {
				withdraw();
				this.following = false;
				this.manager.removeListener(this);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Don't be discovered any more.
	 */
	void withdraw() {
		this.lock.lock();
		try {
			if (this.monitor != null) {
				this.monitor.close();
				this.monitor = null;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void onConnected(Connection connection) {
		watch(connection);
		this.containers.forEach((container) -> container.attach(connection));
	}

	@Override
	public void onDisconnected(Connection connection) {
		this.containers.forEach(ServiceContainer::lost);
	}

	@Override
	public void onResubscribed(Connection connection) {
		watch(connection);
		this.containers.forEach((container) -> container.resubscribed(connection));
	}

	@Override
	public void onClosed(Connection connection) {
		this.containers.forEach(ServiceContainer::detach);
	}

	void serverError(NatsServerErrorEvent event) {
		this.containers.forEach((container) -> container.serverError(event));
	}

	/**
	 * Without the lock, as the manager calls back under one of its own, which its thread
	 * takes before this one.
	 */
	private void follow() {
		if (begins()) {
			this.manager.addListener(this);
		}
	}

	private boolean begins() {
		this.lock.lock();
		try {
			if (this.following || running().isEmpty()) {
				return false;
			}
			this.following = true;
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Be discovered, unless the last container has stopped meanwhile.
	 */
	private void watch(Connection connection) {
		this.lock.lock();
		try {
			if (!running().isEmpty() && (this.monitor == null || !this.monitor.isOn(connection))) {
				this.monitor = ServiceReports.answer(this, connection);
			}
		}
		catch (RuntimeException ex) {
			logger.warn("Service '" + this.instance.name() + "' can't be discovered until the connection is back", ex);
		}
		finally {
			this.lock.unlock();
		}
	}

}

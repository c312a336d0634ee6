package dev.natsboot.service;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.connection.NatsNotConnectedException;
import io.nats.client.Connection;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.util.Assert;

/**
 * Finds NATS services by asking all of them at once (ADR-32), whatever language they are
 * written in. There is no registry that could be out of date: who answers is there.
 * <p>
 * An empty result means that nobody answered in time. When NATS can't be reached, every
 * query throws {@link NatsNotConnectedException} instead.
 * <p>
 * Calling a service by its subject lets the bus choose an instance. To choose one
 * oneself, {@link #info ask for information}, and send the request to the
 * {@link ServiceInfo.Endpoint#instanceSubject() instance subject} of one of the
 * endpoints.
 */
public class NatsServiceDiscovery implements AutoCloseable {

	private static final Duration ROUND_TRIP = Duration.ofSeconds(1);

	private final ScheduledExecutorService scheduler;

	private final NatsConnectionManager manager;

	private final Duration defaultTimeout;

	/**
	 * Create a discovery client.
	 * @param manager the connection to ask on
	 * @param defaultTimeout how long a query takes that has no timeout of its own
	 */
	public NatsServiceDiscovery(NatsConnectionManager manager, Duration defaultTimeout) {
		this.manager = manager;
		this.defaultTimeout = defaultTimeout;
		this.scheduler = scheduler();
	}

	private static ScheduledExecutorService scheduler() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("nats-discovery-");
		threads.setDaemon(true);
		ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, threads);
		scheduler.setRemoveOnCancelPolicy(true);
		return scheduler;
	}

	/**
	 * Ask who is there.
	 * @param query whom to ask
	 * @return the instances that answered in time, in the order of their answers
	 * @throws NatsNotConnectedException when NATS can't be reached
	 */
	public List<ServiceInstance> ping(ServiceQuery query) {
		return ask(ServiceReports.PING, query, ServiceJson::readInstance, (instance) -> instance);
	}

	/**
	 * Ask what endpoints there are.
	 * @param query whom to ask
	 * @return what the instances told that answered in time, in the order of their
	 * answers
	 * @throws NatsNotConnectedException when NATS can't be reached
	 */
	public List<ServiceInfo> info(ServiceQuery query) {
		return ask(ServiceReports.INFO, query, ServiceJson::readInfo, ServiceInfo::instance);
	}

	/**
	 * Ask what has been done.
	 * @param query whom to ask
	 * @return the figures of the instances that answered in time, in the order of their
	 * answers
	 * @throws NatsNotConnectedException when NATS can't be reached
	 */
	public List<ServiceStats> stats(ServiceQuery query) {
		return ask(ServiceReports.STATS, query, ServiceJson::readStats, ServiceStats::instance);
	}

	/**
	 * List the services with their instances.
	 * @return the instances by the name of their service, sorted by name
	 * @throws NatsNotConnectedException when NATS can't be reached
	 */
	public Map<String, List<ServiceInstance>> services() {
		return ping(ServiceQuery.all()).stream()
			.collect(Collectors.groupingBy(ServiceInstance::name, TreeMap::new, Collectors.toList()));
	}

	/**
	 * List the instances of one service.
	 * @param name the service's name
	 * @return the instances that answered in time
	 * @throws NatsNotConnectedException when NATS can't be reached
	 */
	public List<ServiceInstance> instances(String name) {
		return ping(ServiceQuery.named(name));
	}

	/**
	 * Ask again and again, and tell what has changed.
	 * @param query whom to ask
	 * @param interval the pause between two queries
	 * @param watcher who is told
	 * @return the watch, to be closed when it isn't needed any more; at the latest with
	 * this object
	 */
	public ServiceWatch watch(ServiceQuery query, Duration interval, ServiceWatcher watcher) {
		Assert.isTrue(!interval.isNegative() && !interval.isZero(),
				() -> "Watch interval " + interval + " must be positive, for example Duration.ofSeconds(5)");
		ServiceWatch watch = new ServiceWatch(this, query, watcher);
		watch
			.scheduled(this.scheduler.scheduleWithFixedDelay(watch::look, 0, interval.toNanos(), TimeUnit.NANOSECONDS));
		return watch;
	}

	/**
	 * End all watches.
	 */
	@Override
	public void close() {
		this.scheduler.shutdownNow();
	}

	private <T> List<T> ask(String verb, ServiceQuery query, Function<byte[], T> reader,
			Function<T, ServiceInstance> instance) {
		Connection connection = this.manager.current();
		requireConnected(connection);
		Answers<T> answers = new Answers<>(reader, instance, query.quorum());
		try {
			if (!ask(connection, query.subject(verb), answers, query.timeout(this.defaultTimeout))) {
				requireReachable(connection, answers);
			}
			return answers.list();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new NatsNotConnectedException("Interrupted while services were looked for", ex);
		}
	}

	private boolean ask(Connection connection, String subject, Answers<?> answers, Duration timeout)
			throws InterruptedException {
		Intake intake = open(connection, answers);
		try {
			String inbox = connection.createInbox();
			intake.subscribe(inbox, null);
			connection.publish(subject, inbox, null);
			return answers.await(timeout);
		}
		catch (IllegalStateException ex) {
			throw unreachable("was lost", ex);
		}
		finally {
			intake.close();
		}
	}

	private Intake open(Connection connection, Answers<?> answers) {
		try {
			return new Intake(connection, answers);
		}
		catch (IllegalStateException ex) {
			throw unreachable("was lost", ex);
		}
	}

	/**
	 * Silence has two reasons; the server's answer tells them apart.
	 */
	private void requireReachable(Connection connection, Answers<?> answers) throws InterruptedException {
		requireConnected(connection);
		if (answers.list().isEmpty()) {
			try {
				connection.flush(ROUND_TRIP);
			}
			catch (TimeoutException | IllegalStateException ex) {
				throw unreachable("doesn't answer", ex);
			}
		}
	}

	private void requireConnected(Connection connection) {
		if (connection.getStatus() != Connection.Status.CONNECTED) {
			throw unreachable("is " + connection.getStatus(), null);
		}
	}

	private NatsNotConnectedException unreachable(String why, @Nullable Throwable cause) {
		return new NatsNotConnectedException(
				"Services can't be looked for: the NATS connection '" + this.manager.name() + "' " + why, cause);
	}

}

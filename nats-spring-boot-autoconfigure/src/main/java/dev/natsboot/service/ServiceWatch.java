package dev.natsboot.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;

import dev.natsboot.connection.NatsNotConnectedException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A watch over service instances, until it is closed.
 */
public final class ServiceWatch implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(ServiceWatch.class);

	private final NatsServiceDiscovery discovery;

	private final ServiceQuery query;

	private final ServiceWatcher watcher;

	private final Map<String, ServiceInstance> known = new LinkedHashMap<>();

	private volatile List<ServiceInstance> latest = List.of();

	private volatile boolean closed;

	private volatile @Nullable Future<?> schedule;

	ServiceWatch(NatsServiceDiscovery discovery, ServiceQuery query, ServiceWatcher watcher) {
		this.discovery = discovery;
		this.query = query;
		this.watcher = watcher;
	}

	/**
	 * The instances that answered the latest query, without asking again.
	 * @return the instances, none before the first query is over
	 */
	public List<ServiceInstance> instances() {
		return this.latest;
	}

	/**
	 * End the watch. The watcher isn't called any more once a call that is running has
	 * returned.
	 */
	@Override
	public void close() {
		this.closed = true;
		Future<?> schedule = this.schedule;
		if (schedule != null) {
			schedule.cancel(false);
		}
	}

	void scheduled(Future<?> schedule) {
		this.schedule = schedule;
	}

	void look() {
		try {
			ask();
		}
		catch (RuntimeException ex) {
			logger.error("Watching services failed, trying again", ex);
		}
	}

	private void ask() {
		try {
			compare(this.discovery.ping(this.query));
		}
		catch (NatsNotConnectedException ex) {
			if (!this.closed) {
				this.watcher.unreachable(ex);
			}
		}
	}

	private void compare(List<ServiceInstance> answered) {
		if (this.closed) {
			return;
		}
		Map<String, ServiceInstance> now = new LinkedHashMap<>();
		answered.forEach((instance) -> now.put(instance.id(), instance));
		this.latest = answered;
		for (ServiceInstance each : new ArrayList<>(this.known.values())) {
			if (!now.containsKey(each.id())) {
				this.known.remove(each.id());
				this.watcher.gone(each);
			}
		}
		for (ServiceInstance each : answered) {
			if (this.known.put(each.id(), each) == null) {
				this.watcher.appeared(each);
			}
		}
	}

}

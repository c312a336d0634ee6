package dev.natsboot.listener;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.util.Assert;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Pauses a listener while something that it depends on is out of order, such as a
 * database or a remote service, and resumes it when a probe succeeds. Messages wait on
 * the server meanwhile; those that met the outage come again without losing a delivery.
 * All other failures go to another handler.
 * <p>
 * For listeners that read from a stream. A listener that was paused by hand during the
 * outage is resumed too.
 */
public class OutageErrorHandler implements ListenerErrorHandler, DisposableBean {

	private static final Log logger = LogFactory.getLog(OutageErrorHandler.class);

	/** Another instance may have the message before it has noticed the outage. */
	private static final Duration POSTPONEMENT = Duration.ofSeconds(1);

	private final Map<String, Instant> outages = new ConcurrentHashMap<>();

	private final NatsListenerEndpointRegistry listeners;

	private final Predicate<Throwable> outage;

	private final Probe probe;

	private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, threads());

	private ListenerErrorHandler otherwise = new DefaultListenerErrorHandler();

	private BackOff backOff = exponential();

	/**
	 * Create a handler.
	 * @param listeners has the listeners to pause
	 * @param outage tests an exception and each of its causes: whether it means that the
	 * dependency is out of order
	 * @param probe whether the dependency is available again
	 */
	public OutageErrorHandler(NatsListenerEndpointRegistry listeners, Predicate<Throwable> outage, Probe probe) {
		this.listeners = listeners;
		this.outage = outage;
		this.probe = probe;
	}

	private static CustomizableThreadFactory threads() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("nats-outage-");
		threads.setDaemon(true);
		return threads;
	}

	private static BackOff exponential() {
		ExponentialBackOff backOff = new ExponentialBackOff(500, 2);
		backOff.setMaxInterval(5_000);
		return backOff;
	}

	/**
	 * What decides about all other failures. A {@link DefaultListenerErrorHandler} unless
	 * set.
	 * @param otherwise the handler
	 */
	public void setOtherwise(ListenerErrorHandler otherwise) {
		this.otherwise = otherwise;
	}

	/**
	 * How long between two probes. Half a second, then twice as long each time up to 5
	 * seconds, unless set.
	 * @param backOff the intervals; it must have no end
	 */
	public void setBackOff(BackOff backOff) {
		this.backOff = backOff;
	}

	@Override
	public FailureAction handle(ListenerFailure failure) {
		if (!failure.isRepeatable() || !isOutage(failure.cause())) {
			return this.otherwise.handle(failure);
		}
		String id = failure.endpoint().id();
		if (this.outages.putIfAbsent(id, Instant.now()) == null) {
			logger.warn("Listener '" + id + "' pauses until what it depends on is available: " + failure.cause());
			this.timer.execute(() -> pause(id));
		}
		return FailureAction.postpone(POSTPONEMENT);
	}

	private boolean isOutage(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (this.outage.test(cause)) {
				return true;
			}
		}
		return false;
	}

	private void pause(String id) {
		container(id).pause();
		probeLater(id, this.backOff.start());
	}

	private void probeLater(String id, BackOffExecution intervals) {
		long interval = intervals.nextBackOff();
		Assert.state(interval != BackOffExecution.STOP, "The back-off between probes must have no end");
		this.timer.schedule(() -> probe(id, intervals), interval, TimeUnit.MILLISECONDS);
	}

	private void probe(String id, BackOffExecution intervals) {
		try {
			this.probe.requireAvailable();
		}
		catch (Exception | Error ex) {
			logger.debug("What listener '" + id + "' depends on is still not available", ex);
			probeLater(id, intervals);
			return;
		}
		Instant since = this.outages.remove(id);
		container(id).resume();
		logger.info("What listener '" + id + "' depends on is available again after "
				+ Duration.between(since, Instant.now()).toMillis() + " ms");
	}

	private ListenerContainer container(String id) {
		ListenerContainer container = this.listeners.getListenerContainer(id);
		Assert.state(container != null, () -> "There is no listener with the id '" + id + "'");
		return container;
	}

	/**
	 * Probe no more. Called by the application context.
	 */
	@Override
	public void destroy() {
		this.timer.shutdownNow();
	}

	/**
	 * Asks a dependency whether it is available.
	 */
	@FunctionalInterface
	public interface Probe {

		/**
		 * Return when the dependency is available.
		 * @throws Exception when it isn't
		 */
		void requireAvailable() throws Exception;

	}

}

package dev.natsboot.sample.processor.payment;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.TaskScheduler;
import org.springframework.util.Assert;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Pauses the payment listener while the gateway is out of order, so that an outage of
 * hours costs each order one delivery instead of sending it to the dead letters. Orders
 * wait in the stream meanwhile.
 */
class GatewayWatch {

	private static final Log logger = LogFactory.getLog(GatewayWatch.class);

	private final PaymentGateway gateway;

	private final NatsListenerEndpointRegistry listeners;

	private final TaskScheduler scheduler;

	private final AtomicReference<@Nullable Instant> since = new AtomicReference<>();

	GatewayWatch(PaymentGateway gateway, NatsListenerEndpointRegistry listeners, TaskScheduler scheduler) {
		this.gateway = gateway;
		this.listeners = listeners;
		this.scheduler = scheduler;
	}

	/**
	 * Pause the payments until the gateway answers again.
	 * @param ex what was noticed
	 */
	void unavailable(GatewayUnavailableException ex) {
		if (this.since.compareAndSet(null, Instant.now())) {
			logger.warn(ex.getMessage() + "; payments pause until it answers");
			payments().pause();
			probeAfter(exponential().start());
		}
	}

	private void probe(BackOffExecution backOff) {
		try {
			this.gateway.requireAvailable();
		}
		catch (PaymentGatewayException ex) {
			logger.debug("The payment gateway is still unavailable", ex);
			probeAfter(backOff);
			return;
		}
		resume();
	}

	private void resume() {
		payments().resume();
		Instant began = this.since.getAndSet(null);
		Assert.state(began != null, "Resumed without a pause");
		logger.info("The payment gateway is back after %d ms; payments go on"
			.formatted(Duration.between(began, Instant.now()).toMillis()));
	}

	private void probeAfter(BackOffExecution backOff) {
		this.scheduler.schedule(() -> probe(backOff), Instant.now().plusMillis(backOff.nextBackOff()));
	}

	private ListenerContainer payments() {
		ListenerContainer container = this.listeners.getListenerContainer(PaymentListener.ID);
		Assert.state(container != null, "There is no listener with the id " + PaymentListener.ID);
		return container;
	}

	private static ExponentialBackOff exponential() {
		ExponentialBackOff backOff = new ExponentialBackOff(500, 2);
		backOff.setMaxInterval(5_000);
		return backOff;
	}

}

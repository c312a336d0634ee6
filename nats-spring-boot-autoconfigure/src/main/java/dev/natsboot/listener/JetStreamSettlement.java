package dev.natsboot.listener;

import java.time.Duration;
import java.util.function.Consumer;

import dev.natsboot.observation.ListenerMetrics;
import dev.natsboot.observation.ListenerMetrics.Outcome;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.util.Assert;

/**
 * Tells the server what became of a message: ack, nak with a delay, term, or a dead
 * letter and then term.
 */
final class JetStreamSettlement implements Settlement {

	private static final Log logger = LogFactory.getLog(JetStreamSettlement.class);

	private final NatsListenerEndpoint endpoint;

	private final int maxDeliver;

	private final ListenerMetrics metrics;

	private final DeadLetterPublisher deadLetters;

	private final GivenBack givenBack;

	private final Consumer<Delivery> completed;

	JetStreamSettlement(NatsListenerEndpoint endpoint, int maxDeliver, ListenerMetrics metrics,
			DeadLetterPublisher deadLetters, GivenBack givenBack, Consumer<Delivery> completed) {
		this.endpoint = endpoint;
		this.maxDeliver = maxDeliver;
		this.metrics = metrics;
		this.deadLetters = deadLetters;
		this.givenBack = givenBack;
		this.completed = completed;
	}

	@Override
	public void begin(Delivery delivery) {
		if (delivery.message().metaData().deliveredCount() > 1) {
			this.metrics.redelivered();
		}
	}

	@Override
	public long deliveries(Delivery delivery) {
		return this.givenBack.deliveries(delivery.message());
	}

	@Override
	public boolean isExhausted(Delivery delivery) {
		return this.maxDeliver > 0 && deliveries(delivery) > this.maxDeliver && !isCircular(delivery);
	}

	/**
	 * What can't become a dead letter is tried again and again.
	 */
	private boolean isCircular(Delivery delivery) {
		return this.deadLetters.isCircular(failure(delivery, new DeliveriesExhaustedException(deliveries(delivery))));
	}

	private ListenerFailure failure(Delivery delivery, Throwable cause) {
		return new ListenerFailure(this.endpoint, delivery.message(), deliveries(delivery), this.maxDeliver, cause);
	}

	@Override
	public void succeeded(Delivery delivery, long durationNanos) {
		if (this.endpoint.ackMode() == AckMode.MANUAL && !delivery.isDecided()) {
			return;
		}
		if (delivery.decide()) {
			acknowledge(delivery);
			complete(delivery, Outcome.SUCCESS, durationNanos);
		}
	}

	private void acknowledge(Delivery delivery) {
		tell(delivery, "acknowledge",
				() -> Acknowledgments.acknowledge(delivery.message(), this.endpoint.ackSyncTimeout()));
	}

	@Override
	public void filtered(Delivery delivery) {
		if (delivery.decide()) {
			acknowledge(delivery);
			complete(delivery, Outcome.FILTERED, -1);
		}
	}

	@Override
	public void failed(Delivery delivery, Throwable cause, long durationNanos) {
		if (delivery.isDecided()) {
			logger.error("Listener '" + this.endpoint.id() + "' failed after it had settled the message", cause);
			return;
		}
		ListenerFailure failure = failure(delivery, cause);
		FailureAction action = decide(failure);
		if (delivery.decide()) {
			complete(delivery, apply(delivery, failure, action), durationNanos);
		}
	}

	private FailureAction decide(ListenerFailure failure) {
		try {
			FailureAction action = this.endpoint.errorHandler().handle(failure);
			Assert.state(action != null, "No decision");
			return action;
		}
		catch (RuntimeException | Error ex) {
			logger.error("The error handler of listener '" + this.endpoint.id() + "' failed", ex);
			return FailureAction.retry(failure.nextDelay());
		}
	}

	private Outcome apply(Delivery delivery, ListenerFailure failure, FailureAction action) {
		if (action instanceof FailureAction.Retry retry) {
			return retry(delivery, retry.delay());
		}
		if (action instanceof FailureAction.DeadLetter && this.deadLetters.isPossible(failure)) {
			return this.deadLetters.isCircular(failure) ? retry(delivery, failure.nextDelay())
					: deadLetter(delivery, failure);
		}
		tell(delivery, "terminate", () -> delivery.message().term());
		return Outcome.DISCARDED;
	}

	private Outcome deadLetter(Delivery delivery, ListenerFailure failure) {
		try {
			this.deadLetters.publish(failure);
		}
		catch (Exception ex) {
			Duration delay = failure.nextDelay();
			logger.error("The dead letter of listener '" + this.endpoint.id() + "' could not be published to '"
					+ this.endpoint.deadLetterSubject() + "', trying again in " + delay + ": " + ex);
			return retry(delivery, delay);
		}
		tell(delivery, "terminate", () -> this.deadLetters.terminate(delivery.message()));
		return Outcome.DEAD_LETTER;
	}

	private Outcome retry(Delivery delivery, Duration delay) {
		if (this.endpoint.ackMode() == AckMode.NONE) {
			logger.error("Listener '" + this.endpoint.id() + "' can't retry a message of '"
					+ delivery.message().getSubject() + "': nobody acknowledges, so it isn't delivered again");
			return Outcome.DISCARDED;
		}
		tell(delivery, "give back", () -> delivery.message().nakWithDelay(delay));
		return Outcome.RETRY;
	}

	@Override
	public void giveBack(Delivery delivery) {
		if (delivery.decide()) {
			this.givenBack.remember(delivery.message());
			tell(delivery, "give back", () -> delivery.message().nak());
			this.completed.accept(delivery);
		}
	}

	@Override
	public boolean acknowledge(Delivery delivery, Duration confirmation) {
		return byHand(delivery, Outcome.SUCCESS, () -> Acknowledgments.acknowledge(delivery.message(), confirmation));
	}

	@Override
	public boolean nak(Delivery delivery, Duration delay) {
		return byHand(delivery, Outcome.RETRY, () -> delivery.message().nakWithDelay(delay));
	}

	@Override
	public boolean term(Delivery delivery) {
		return byHand(delivery, Outcome.DISCARDED, () -> delivery.message().term());
	}

	private boolean byHand(Delivery delivery, Outcome outcome, Runnable action) {
		if (!delivery.decide()) {
			return false;
		}
		try {
			action.run();
			return true;
		}
		finally {
			complete(delivery, outcome, -1);
		}
	}

	@Override
	public void inProgress(Delivery delivery) {
		tell(delivery, "keep alive", () -> delivery.message().inProgress());
	}

	private void complete(Delivery delivery, Outcome outcome, long durationNanos) {
		if (outcome != Outcome.RETRY) {
			this.givenBack.forget(delivery.message());
			delivery.finish();
		}
		try {
			this.metrics.consumed(outcome, durationNanos);
		}
		finally {
			this.completed.accept(delivery);
		}
	}

	/**
	 * Where nobody acknowledges the server isn't listening.
	 */
	private void tell(Delivery delivery, String what, Runnable action) {
		if (this.endpoint.ackMode() == AckMode.NONE) {
			return;
		}
		try {
			action.run();
		}
		catch (RuntimeException ex) {
			logger.warn("Listener '" + this.endpoint.id() + "' could not " + what + " a message of '"
					+ delivery.message().getSubject() + "', the server will deliver it again: " + ex);
		}
	}

}

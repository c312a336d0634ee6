package dev.natsboot.listener;

import java.time.Duration;

import dev.natsboot.observation.ListenerMetrics;
import dev.natsboot.observation.ListenerMetrics.Outcome;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

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

	private final Answered answered;

	private final DeliveryEvents events;

	private final ServerBackOff serverBackOff;

	private final @Nullable OneAck oneAck;

	JetStreamSettlement(NatsListenerEndpoint endpoint, int maxDeliver, ListenerMetrics metrics,
			DeadLetterPublisher deadLetters, Answered answered, DeliveryEvents events, ServerBackOff serverBackOff,
			@Nullable OneAck oneAck) {
		this.endpoint = endpoint;
		this.maxDeliver = maxDeliver;
		this.metrics = metrics;
		this.deadLetters = deadLetters;
		this.answered = answered;
		this.events = events;
		this.serverBackOff = serverBackOff;
		this.oneAck = oneAck;
	}

	@Override
	public void begin(Delivery delivery) {
		if (delivery.delivered() > 1) {
			this.metrics.redelivered();
		}
	}

	@Override
	public long deliveries(Delivery delivery) {
		return this.answered.deliveries(delivery) + delivery.attempts();
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

	/**
	 * Whether it is one of the last deliveries of a message, and nobody knows what became
	 * of the one before.
	 */
	boolean isSuspect(Delivery delivery) {
		if (delivery.delivered() < Math.max(2, this.maxDeliver - 1)) {
			return false;
		}
		long deliveries = deliveries(delivery);
		delivery.setLast(deliveries == this.maxDeliver);
		return deliveries >= this.maxDeliver - 1 && deliveries <= this.maxDeliver
				&& !this.answered.isExpected(delivery.message());
	}

	private ListenerFailure failure(Delivery delivery, Throwable cause) {
		return new ListenerFailure(this.endpoint, delivery.message(), deliveries(delivery), this.maxDeliver, cause);
	}

	@Override
	public void succeeded(Delivery delivery, int turn, long durationNanos) {
		if (this.endpoint.ackMode() == AckMode.MANUAL && !delivery.isDecided(turn)) {
			this.events.unsettled(delivery, turn);
			return;
		}
		if (delivery.decide(turn)) {
			acknowledge(delivery);
			complete(delivery, Outcome.SUCCESS, durationNanos);
		}
	}

	private void acknowledge(Delivery delivery) {
		answer(delivery, "acknowledge",
				() -> Acknowledgments.acknowledge(delivery.message(), this.endpoint.ackSyncTimeout()));
	}

	/**
	 * Tell the server that a message needn't come again. With one acknowledgement for
	 * many messages that is told later, for all.
	 */
	private void answer(Delivery delivery, String what, Runnable action) {
		if (this.oneAck == null) {
			tell(delivery, what, action);
		}
	}

	@Override
	public void flush() {
		try {
			if (this.oneAck != null) {
				this.oneAck.flush();
			}
		}
		catch (RuntimeException ex) {
			logger.warn("Listener '" + this.endpoint.id() + "' could not acknowledge a batch, the server will deliver "
					+ "it again: " + ex);
		}
	}

	@Override
	public void filtered(Delivery delivery) {
		if (delivery.decide()) {
			acknowledge(delivery);
			complete(delivery, Outcome.FILTERED, -1);
		}
	}

	@Override
	public void duplicate(Delivery delivery) {
		if (delivery.decide()) {
			acknowledge(delivery);
			complete(delivery, Outcome.DUPLICATE, -1);
		}
	}

	@Override
	public void postponed(Delivery delivery, Duration delay) {
		if (delivery.decide()) {
			complete(delivery, postpone(delivery, delay), -1);
		}
	}

	private Outcome postpone(Delivery delivery, Duration delay) {
		if (isRetriedHere()) {
			delivery.postpone(delay, false);
		}
		else if (isNewest(delivery)) {
			remember(delivery);
			tell(delivery, "give back",
					() -> delivery.message().nakWithDelay(this.serverBackOff.without(delivery, delay)));
		}
		return Outcome.POSTPONED;
	}

	/**
	 * What the server delivers again may be overtaken, or leave a gap below what is
	 * acknowledged.
	 */
	private boolean isRetriedHere() {
		return this.endpoint.orderBy() != null || this.oneAck != null;
	}

	@Override
	public void failed(Delivery delivery, int turn, Throwable cause, long durationNanos) {
		if (delivery.isDecided(turn)) {
			logger.error("Listener '" + this.endpoint.id() + "' failed after it had settled the message", cause);
			return;
		}
		ListenerFailure failure = failure(delivery, cause);
		FailureAction action = decide(failure);
		if (delivery.decide(turn)) {
			complete(delivery, apply(delivery, failure, action), durationNanos);
		}
	}

	private FailureAction decide(ListenerFailure failure) {
		if (failure.cause() instanceof LaterResult.AbandonedException) {
			return FailureAction.postpone(Duration.ZERO);
		}
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
		if (action instanceof FailureAction.Postpone postpone) {
			return (this.endpoint.ackMode() != AckMode.NONE) ? postpone(delivery, postpone.delay())
					: retry(delivery, postpone.delay());
		}
		if (action instanceof FailureAction.DeadLetter && this.deadLetters.isPossible(failure)) {
			return this.deadLetters.isCircular(failure) ? retry(delivery, failure.nextDelay())
					: deadLetter(delivery, failure);
		}
		answer(delivery, "terminate", () -> delivery.message().term());
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
		answer(delivery, "terminate", () -> this.deadLetters.terminate(delivery.message()));
		return Outcome.DEAD_LETTER;
	}

	private Outcome retry(Delivery delivery, Duration delay) {
		if (this.endpoint.ackMode() == AckMode.NONE) {
			logger.error("Listener '" + this.endpoint.id() + "' can't retry a message of '"
					+ delivery.message().getSubject() + "': nobody acknowledges, so it isn't delivered again");
			return Outcome.DISCARDED;
		}
		if (isRetriedHere()) {
			delivery.postpone(delay, true);
		}
		else if (isNewest(delivery)) {
			nakLater(delivery, delay);
		}
		return Outcome.RETRY;
	}

	/**
	 * To give back what the server has delivered anew, because the ack wait had passed or
	 * somebody gave it back, would cause one more delivery beside the newer one.
	 */
	private boolean isNewest(Delivery delivery) {
		boolean newest = !this.events.hasNewer(delivery);
		if (!newest) {
			logger.debug("Listener '" + this.endpoint.id() + "' doesn't give back delivery " + delivery.delivered()
					+ " of a message of '" + delivery.message().getSubject() + "': a newer one is here");
		}
		return newest;
	}

	private void nakLater(Delivery delivery, Duration delay) {
		forget(delivery);
		this.answered.retried(delivery.message());
		tell(delivery, "give back", () -> delivery.message().nakWithDelay(this.serverBackOff.without(delivery, delay)));
	}

	@Override
	public void giveBack(Delivery delivery) {
		if (delivery.decide()) {
			forget(delivery);
			remember(delivery);
			tell(delivery, "give back", () -> delivery.message().nak());
			this.events.completed(delivery);
		}
	}

	/**
	 * It will come as another delivery.
	 */
	private void forget(Delivery delivery) {
		if (this.oneAck != null) {
			this.oneAck.floor().forget(delivery);
		}
	}

	/**
	 * A message that has come isn't taken: it will come once more.
	 */
	void refused(Delivery delivery) {
		remember(delivery);
	}

	/**
	 * What no handler has begun doesn't count as an attempt.
	 */
	private void remember(Delivery delivery) {
		if (delivery.attempts() > 0) {
			this.answered.retried(delivery.message());
		}
		else {
			this.answered.givenBack(delivery.message());
		}
	}

	@Override
	public boolean acknowledge(Delivery delivery, int turn, Duration confirmation) {
		Assert.state(this.oneAck == null || confirmation.isZero(),
				() -> "Listener '" + this.endpoint.id() + "' has ackMode 'all': a single message can't be confirmed, "
						+ "use acknowledge(), or set 'ackSyncTimeout', for example ackSyncTimeout = \"2s\"");
		return byHand(delivery, turn, Outcome.SUCCESS, () -> {
			if (this.oneAck == null) {
				Acknowledgments.acknowledge(delivery.message(), confirmation);
			}
		});
	}

	@Override
	public boolean nak(Delivery delivery, int turn, Duration delay) {
		return byHand(delivery, turn, Outcome.RETRY, () -> retry(delivery, delay));
	}

	@Override
	public boolean term(Delivery delivery, int turn) {
		return byHand(delivery, turn, Outcome.DISCARDED, () -> {
			if (this.oneAck == null) {
				delivery.message().term();
			}
		});
	}

	private boolean byHand(Delivery delivery, int turn, Outcome outcome, Runnable action) {
		if (!delivery.decide(turn)) {
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
		if (outcome != Outcome.RETRY && outcome != Outcome.POSTPONED) {
			this.answered.forget(delivery.message());
			delivery.finish();
		}
		try {
			this.metrics.consumed(outcome, durationNanos);
		}
		finally {
			end(delivery);
		}
	}

	/**
	 * When the listener stops there is no time to wait, and what waits behind it mustn't
	 * come before it.
	 */
	private void end(Delivery delivery) {
		Duration delay = delivery.delay();
		if (delay == null) {
			this.events.completed(delivery);
			return;
		}
		delivery.reopen();
		if (!this.events.again(delivery, delay)) {
			giveBack(delivery);
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

package dev.natsboot.listener;

import java.time.Duration;

import dev.natsboot.observation.ListenerMetrics;
import dev.natsboot.observation.ListenerMetrics.Outcome;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.util.Assert;

/**
 * Settles messages of a stream: each once for each call of its handler, whoever is first.
 */
final class JetStreamSettlement implements Settlement {

	private static final Log logger = LogFactory.getLog(JetStreamSettlement.class);

	private final NatsListenerEndpoint endpoint;

	private final int maxDeliver;

	private final ListenerMetrics metrics;

	private final ServerAnswers answers;

	private final FailureSettlement failures;

	private final DeliveryEvents events;

	JetStreamSettlement(NatsListenerEndpoint endpoint, int maxDeliver, ListenerMetrics metrics,
			DeadLetterPublisher deadLetters, ServerAnswers answers, DeliveryEvents events) {
		this.endpoint = endpoint;
		this.maxDeliver = maxDeliver;
		this.metrics = metrics;
		this.answers = answers;
		this.failures = new FailureSettlement(endpoint, deadLetters, answers, events);
		this.events = events;
	}

	@Override
	public void begin(Delivery delivery) {
		if (delivery.delivered() > 1) {
			this.metrics.redelivered();
		}
	}

	@Override
	public long deliveries(Delivery delivery) {
		return this.answers.deliveries(delivery);
	}

	@Override
	public boolean isExhausted(Delivery delivery) {
		return this.maxDeliver > 0 && deliveries(delivery) > this.maxDeliver && !isSpared(delivery)
				&& !isCircular(delivery);
	}

	/**
	 * With one acknowledgement for many messages whatever is behind the culprit comes
	 * again as often as that, and is handled alone.
	 */
	private boolean isSpared(Delivery delivery) {
		return delivery.isSuspect() && this.answers.isHeldBack(delivery);
	}

	private boolean isCircular(Delivery delivery) {
		return this.failures.isCircular(failure(delivery, new DeliveriesExhaustedException(deliveries(delivery))));
	}

	/**
	 * Whether it is one of the last deliveries of a message, and nobody knows what became
	 * of the one before. With one acknowledgement for many messages there is no last one:
	 * they keep the order of the stream, in which they can be acknowledged.
	 */
	boolean isSuspect(Delivery delivery) {
		if (delivery.delivered() < Math.max(2, this.maxDeliver - 1)) {
			return false;
		}
		long deliveries = deliveries(delivery);
		boolean many = this.answers.isForMany();
		delivery.setLast(deliveries == this.maxDeliver && !many);
		delivery.setSuspect(deliveries >= this.maxDeliver - 1 && (many || deliveries <= this.maxDeliver)
				&& !this.answers.isExpected(delivery));
		return delivery.isSuspect();
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
			this.answers.acknowledge(delivery);
			complete(delivery, Outcome.SUCCESS, durationNanos);
		}
	}

	@Override
	public void filtered(Delivery delivery) {
		if (delivery.decide()) {
			this.answers.acknowledge(delivery);
			complete(delivery, Outcome.FILTERED, -1);
		}
	}

	@Override
	public void duplicate(Delivery delivery) {
		if (delivery.decide()) {
			this.answers.acknowledge(delivery);
			complete(delivery, Outcome.DUPLICATE, -1);
		}
	}

	@Override
	public void postponed(Delivery delivery, Duration delay) {
		if (delivery.decide()) {
			complete(delivery, this.failures.postpone(delivery, delay), -1);
		}
	}

	@Override
	public void failed(Delivery delivery, int turn, Throwable cause, long durationNanos) {
		if (delivery.isDecided(turn)) {
			logger.error("Listener '" + this.endpoint.id() + "' failed after it had settled the message", cause);
			return;
		}
		ListenerFailure failure = failure(delivery, cause);
		FailureAction action = this.failures.decide(failure);
		if (delivery.decide(turn)) {
			complete(delivery, this.failures.apply(delivery, failure, action), durationNanos);
		}
	}

	@Override
	public void giveBack(Delivery delivery) {
		if (delivery.decide()) {
			this.answers.giveBack(delivery);
			this.events.completed(delivery);
		}
	}

	@Override
	public boolean acknowledge(Delivery delivery, int turn, Duration confirmation) {
		Assert.state(!this.answers.isForMany() || confirmation.isZero(),
				() -> "Listener '" + this.endpoint.id() + "' has ackMode 'all': a single message can't be confirmed, "
						+ "use acknowledge(), or set 'ackSyncTimeout', for example ackSyncTimeout = \"2s\"");
		return byHand(delivery, turn, Outcome.SUCCESS, () -> this.answers.acknowledge(delivery, confirmation));
	}

	@Override
	public boolean nak(Delivery delivery, int turn, Duration delay) {
		return byHand(delivery, turn, Outcome.RETRY, () -> this.failures.retry(delivery, delay));
	}

	@Override
	public boolean term(Delivery delivery, int turn) {
		return byHand(delivery, turn, Outcome.DISCARDED, () -> this.answers.terminate(delivery));
	}

	/**
	 * What the server wasn't told comes again, and then it is handled again.
	 */
	private boolean byHand(Delivery delivery, int turn, Outcome outcome, Runnable action) {
		if (!delivery.decide(turn)) {
			return false;
		}
		Outcome told = Outcome.RETRY;
		try {
			action.run();
			told = outcome;
			return true;
		}
		finally {
			complete(delivery, told, -1);
		}
	}

	@Override
	public void flush() {
		this.answers.flush();
	}

	@Override
	public void inProgress(Delivery delivery) {
		this.answers.inProgress(delivery);
	}

	private void complete(Delivery delivery, Outcome outcome, long durationNanos) {
		if (outcome != Outcome.RETRY && outcome != Outcome.POSTPONED) {
			this.answers.finish(delivery);
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

}

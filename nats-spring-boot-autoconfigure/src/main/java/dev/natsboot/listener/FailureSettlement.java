package dev.natsboot.listener;

import java.time.Duration;

import dev.natsboot.observation.ListenerMetrics.Outcome;
import io.nats.client.Message;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.util.Assert;

/**
 * Has the error handler decide what becomes of a message that failed, and has that done:
 * another delivery, a dead letter, or nothing more.
 */
final class FailureSettlement {

	private static final Log logger = LogFactory.getLog(FailureSettlement.class);

	private final NatsListenerEndpoint endpoint;

	private final DeadLetterPublisher deadLetters;

	private final ServerAnswers answers;

	private final DeliveryEvents events;

	FailureSettlement(NatsListenerEndpoint endpoint, DeadLetterPublisher deadLetters, ServerAnswers answers,
			DeliveryEvents events) {
		this.endpoint = endpoint;
		this.deadLetters = deadLetters;
		this.answers = answers;
		this.events = events;
	}

	/**
	 * Whether the message can't become a dead letter: it is tried again and again.
	 */
	boolean isCircular(ListenerFailure failure) {
		return this.deadLetters.isCircular(failure);
	}

	/**
	 * A pause or a stop has given up the result: the consumer of an ordered listener is
	 * made anew in front of the message.
	 */
	private boolean isReadAgain(ListenerFailure failure) {
		return this.endpoint.consumerType() == ConsumerType.ORDERED
				&& failure.cause() instanceof LaterResult.AbandonedException;
	}

	FailureAction decide(ListenerFailure failure) {
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

	Outcome apply(Delivery delivery, ListenerFailure failure, FailureAction action) {
		if (action instanceof FailureAction.Retry retry) {
			return retry(delivery, retry.delay());
		}
		if (action instanceof FailureAction.Postpone postpone) {
			return (this.endpoint.ackMode() != AckMode.NONE || isReadAgain(failure))
					? postpone(delivery, postpone.delay()) : retry(delivery, postpone.delay());
		}
		if (action instanceof FailureAction.DeadLetter && this.deadLetters.isPossible(failure)) {
			return isCircular(failure) ? retry(delivery, failure.nextDelay()) : deadLetter(delivery, failure);
		}
		this.answers.terminate(delivery, Message::term);
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
		this.answers.terminate(delivery, this.deadLetters::terminate);
		return Outcome.DEAD_LETTER;
	}

	/**
	 * The message shall be handled again after a delay, and this time counts.
	 */
	Outcome retry(Delivery delivery, Duration delay) {
		if (this.endpoint.ackMode() == AckMode.NONE) {
			logger.error("Listener '" + this.endpoint.id() + "' can't retry a message of '"
					+ delivery.message().getSubject() + "': nobody acknowledges, so it isn't delivered again");
			return Outcome.DISCARDED;
		}
		if (isRetriedHere()) {
			delivery.postpone(delay, true);
		}
		else if (isNewest(delivery)) {
			this.answers.retry(delivery, delay);
		}
		return Outcome.RETRY;
	}

	/**
	 * The message shall be handled again after a delay, and this time not count.
	 */
	Outcome postpone(Delivery delivery, Duration delay) {
		if (isRetriedHere()) {
			delivery.postpone(delay, false);
		}
		else if (isNewest(delivery)) {
			this.answers.postpone(delivery, delay);
		}
		return Outcome.POSTPONED;
	}

	/**
	 * What the server delivers again may be overtaken, or leave a gap below what is
	 * acknowledged.
	 */
	private boolean isRetriedHere() {
		return this.endpoint.orderBy() != null || this.answers.isForMany();
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

}

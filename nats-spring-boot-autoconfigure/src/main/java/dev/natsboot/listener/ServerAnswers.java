package dev.natsboot.listener;

import java.time.Duration;
import java.util.function.Consumer;

import io.nats.client.Message;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What the server is told about messages, and what of that is remembered. Where nobody
 * acknowledges the server isn't listening; with one acknowledgement for many messages it
 * is told later, for all, that they needn't come again.
 */
final class ServerAnswers {

	private static final Log logger = LogFactory.getLog(ServerAnswers.class);

	/** Longer than a server takes that isn't in trouble. */
	private static final Duration CONFIRMATION = Duration.ofSeconds(2);

	private final NatsListenerEndpoint endpoint;

	private final Answered answered;

	private final ServerBackOff backOff;

	private final @Nullable OneAck oneAck;

	ServerAnswers(NatsListenerEndpoint endpoint, Answered answered, ServerBackOff backOff, @Nullable OneAck oneAck) {
		this.endpoint = endpoint;
		this.answered = answered;
		this.backOff = backOff;
		this.oneAck = oneAck;
	}

	/**
	 * How often a message was handed to this listener, without those times when it was
	 * given back unhandled.
	 */
	long deliveries(Delivery delivery) {
		return this.answered.deliveries(delivery) + delivery.attempts();
	}

	/**
	 * Whether the delivery before this one was answered here.
	 */
	boolean isExpected(Delivery delivery) {
		return this.answered.isExpected(delivery.message());
	}

	/**
	 * Whether many messages have one acknowledgement.
	 */
	boolean isForMany() {
		return this.oneAck != null;
	}

	/**
	 * Whether the message could not be settled for itself, as one before it was open.
	 */
	boolean isHeldBack(Delivery delivery) {
		return this.oneAck != null && this.oneAck.floor().isBehindAnother(delivery);
	}

	/**
	 * What happens to almost every message makes no object.
	 */
	void acknowledge(Delivery delivery) {
		if (this.oneAck == null && this.endpoint.ackMode() != AckMode.NONE) {
			try {
				Acknowledgments.acknowledge(delivery.message(), confirmation(delivery));
			}
			catch (RuntimeException ex) {
				untold(delivery, "acknowledge", ex);
			}
		}
	}

	/**
	 * The suspect that comes next may kill the process, and with it an acknowledgement
	 * that hasn't arrived.
	 */
	private Duration confirmation(Delivery delivery) {
		Duration wanted = this.endpoint.ackSyncTimeout();
		return (delivery.isSuspect() && wanted.compareTo(CONFIRMATION) < 0) ? CONFIRMATION : wanted;
	}

	/**
	 * Acknowledge, and let the caller know when that fails. Who doesn't want to wait for
	 * a suspect's confirmation isn't bothered when there is none.
	 * @param confirmation how long to wait for the server to confirm, or zero not to wait
	 */
	void acknowledge(Delivery delivery, Duration confirmation) {
		if (delivery.isSuspect() && confirmation.isZero()) {
			acknowledge(delivery);
		}
		else if (this.oneAck == null) {
			Acknowledgments.acknowledge(delivery.message(), confirmation);
		}
	}

	/**
	 * The message was handled before, and the server doesn't know.
	 */
	void acknowledgeAgain(Delivery delivery) {
		tell(delivery, "acknowledge", delivery.message()::ack);
	}

	/**
	 * The message won't come again, although nobody has handled it.
	 */
	void terminate(Delivery delivery, Consumer<Message> termination) {
		if (this.oneAck == null) {
			tell(delivery, "terminate", () -> termination.accept(delivery.message()));
		}
	}

	/**
	 * The same, and let the caller know when that fails.
	 */
	void terminate(Delivery delivery) {
		if (this.oneAck == null) {
			delivery.message().term();
		}
	}

	/**
	 * The message shall come again, and this delivery counts.
	 */
	void retry(Delivery delivery, Duration delay) {
		forget(delivery);
		this.answered.retried(delivery.message());
		nak(delivery, delay);
	}

	/**
	 * The message shall come again, and this delivery not count.
	 */
	void postpone(Delivery delivery, Duration delay) {
		remember(delivery);
		nak(delivery, delay);
	}

	private void nak(Delivery delivery, Duration delay) {
		tell(delivery, "give back", () -> delivery.message().nakWithDelay(this.backOff.without(delivery, delay)));
	}

	/**
	 * The message shall come again at once, to somebody else.
	 */
	void giveBack(Delivery delivery) {
		forget(delivery);
		remember(delivery);
		tell(delivery, "give back", () -> delivery.message().nak());
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
	 * What no handler has begun doesn't count as an attempt.
	 */
	void remember(Delivery delivery) {
		if (delivery.attempts() > 0) {
			this.answered.retried(delivery.message());
		}
		else {
			this.answered.givenBack(delivery.message());
		}
	}

	/**
	 * The message won't come again.
	 */
	void finish(Delivery delivery) {
		this.answered.forget(delivery.message());
		delivery.finish();
	}

	/**
	 * With one acknowledgement for many messages it may be of a connection before.
	 */
	void inProgress(Delivery delivery) {
		OneAck many = this.oneAck;
		tell(delivery, "keep alive", (many != null) ? () -> many.inProgress(delivery) : delivery.message()::inProgress);
	}

	/**
	 * Tell what was left for later.
	 */
	void flush() {
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

	private void tell(Delivery delivery, String what, Runnable action) {
		if (this.endpoint.ackMode() == AckMode.NONE) {
			return;
		}
		try {
			action.run();
		}
		catch (RuntimeException ex) {
			untold(delivery, what, ex);
		}
	}

	private void untold(Delivery delivery, String what, RuntimeException failure) {
		logger.warn("Listener '" + this.endpoint.id() + "' could not " + what + " a message of '"
				+ delivery.message().getSubject() + "', the server will deliver it again: " + failure);
	}

}

package dev.natsboot.faults.processor;

import java.util.concurrent.TimeUnit;

import dev.natsboot.annotation.NatsListener;
import dev.natsboot.convert.NatsMessageHeaders;
import dev.natsboot.faults.processor.LedgerEntry.Event;

import org.springframework.stereotype.Component;

/**
 * Handles the orders.
 */
@Component
class OrderListener {

	private final Charges charges;

	private final Ledger ledger;

	private final Crashes crashes;

	OrderListener(Charges charges, Ledger ledger, Crashes crashes) {
		this.charges = charges;
		this.ledger = ledger;
		this.crashes = crashes;
	}

	@NatsListener(id = "orders", subjects = Order.SUBJECT + ">", stream = "${processor.stream:ORDERS}",
			consumer = "${processor.consumer:processors}", consumerType = "${processor.consumer-type:pull}",
			filter = "beforeHandling", idempotency = "${processor.idempotency:false}",
			idempotencyKey = "${processor.idempotency-key:}",
			deadLetterSubject = Order.DEAD_LETTER_SUBJECT + "{subject}")
	void handle(Order order, NatsMessageHeaders headers) throws InterruptedException {
		long delivery = headers.deliveryCount();
		this.ledger.write(Event.BEGUN, order.id(), delivery);
		try {
			prepare(order, delivery);
			this.charges.charge(order, () -> this.ledger.write(Event.CHARGED, order.id(), delivery));
			if (order.behaviour() == Behaviour.CRASH_AFTER_EFFECT) {
				this.crashes.once(order.id());
			}
		}
		catch (RuntimeException ex) {
			this.ledger.write(Event.FAILED, order.id(), delivery);
			throw ex;
		}
	}

	private void prepare(Order order, long delivery) throws InterruptedException {
		switch (order.behaviour()) {
			case SLOW, LONG, WAITING -> TimeUnit.MILLISECONDS.sleep(order.amount());
			case TRANSIENT -> failUnless(delivery > order.amount());
			case FAILING -> failUnless(false);
			case REJECTED, CRASH_BEFORE_DEAD_LETTER, CRASH_AFTER_DEAD_LETTER -> throw new OrderRejectedException(order);
			case CRASH_DURING -> this.crashes.once(order.id());
			case POISON -> this.crashes.now();
			case PLAIN, CRASH_BEFORE, CRASH_AFTER_EFFECT, CRASH_AFTER_CLAIM, CRASH_AFTER_MARK -> {
			}
		}
	}

	private static void failUnless(boolean condition) {
		if (!condition) {
			throw new IllegalStateException("The order asks for a failure");
		}
	}

}

package dev.natsboot.casestudy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import me.tongfei.progressbar.ProgressBar;

/**
 * Waits until every order is settled and no consumer has anything before it, or until
 * nothing moves any more. While orders are on their way only the streams are asked, which
 * costs the server next to nothing.
 */
final class Settlement {

	private static final Duration PAUSE = Duration.ofMillis(250);

	/**
	 * Longer than all back-offs of five deliveries together.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Variant variant;

	private final Streams streams;

	private final Databases databases;

	private final RunningSystem system;

	Settlement(Variant variant, Streams streams, Databases databases, RunningSystem system) {
		this.variant = variant;
		this.streams = streams;
		this.databases = databases;
		this.system = system;
	}

	void await() throws InterruptedException {
		try (ProgressBar bar = Progress.bar("Settling", this.streams.count(Streams.ORDERS))) {
			State last = look(bar);
			long changed = System.nanoTime();
			while (!last.isSettled() && System.nanoTime() - changed < PATIENCE.toNanos()) {
				this.system.requireAlive();
				TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
				State current = look(bar);
				if (!current.equals(last)) {
					changed = System.nanoTime();
				}
				last = current;
			}
		}
	}

	private State look(ProgressBar bar) {
		long orders = this.streams.count(Streams.ORDERS);
		long payments = this.streams.count(Streams.PAYMENTS);
		long reservations = this.streams.count(Streams.INVENTORY);
		long deadLetters = this.streams.count(Streams.DEAD_LETTERS);
		bar.maxHint(orders).stepTo(Math.min(orders, payments + deadLetters));
		boolean announced = payments + reservations + deadLetters >= this.variant.resultsPerOrder() * orders;
		long backlog = this.streams.backlog().values().stream().mapToLong(Long::longValue).sum();
		long open = ((announced || deadLetters > 0) && backlog == 0) ? openOrders(orders, payments) : orders;
		return new State(payments, reservations, deadLetters, open, backlog);
	}

	/**
	 * Where the order service follows its orders it knows; elsewhere the stream does, and
	 * a payment that is acknowledged has its row.
	 */
	private long openOrders(long orders, long payments) {
		return this.variant.isFollowed() ? this.databases.openOrders() : Math.max(0, orders - payments);
	}

	/**
	 * What was seen at one moment.
	 *
	 * @param payments the messages in the stream of payments
	 * @param reservations the messages in the stream of the inventory
	 * @param deadLetters the dead letters
	 * @param open the orders without a result
	 * @param backlog the messages that consumers have before them
	 */
	record State(long payments, long reservations, long deadLetters, long open, long backlog) {

		boolean isSettled() {
			return this.open == 0 && this.backlog == 0;
		}

	}

}

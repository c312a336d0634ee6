package dev.natsboot.listener;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * How many messages of a core listener are handled at a time, those included whose
 * handler has returned and whose result is still to come.
 */
final class CorePermits {

	private final Semaphore permits;

	/** Those whose result is still to come. Each keeps a permit. */
	private final Set<Delivery> later = ConcurrentHashMap.newKeySet();

	private volatile boolean abandoned;

	CorePermits(int concurrency) {
		this.permits = new Semaphore(concurrency);
	}

	/**
	 * Wait for a permit.
	 * @return {@code false} when nothing is to be handled any more; there is no permit
	 * then
	 */
	boolean acquire() throws InterruptedException {
		this.permits.acquire();
		boolean granted = !this.abandoned;
		if (!granted) {
			release();
		}
		return granted;
	}

	/**
	 * Wait until there is a permit, without taking it, which costs less: for who handles
	 * one message after the other.
	 * @return {@code false} when nothing is to be handled any more
	 */
	boolean await() throws InterruptedException {
		if (this.permits.availablePermits() == 0) {
			this.permits.acquire();
			release();
		}
		return !this.abandoned;
	}

	void release() {
		this.permits.release();
	}

	/**
	 * The handler has returned: release its permit, or keep it for the result.
	 */
	void returned(Delivery delivery) {
		if (!isKept(delivery)) {
			release();
		}
	}

	/**
	 * The same for who took no permit.
	 */
	void returnedWithout(Delivery delivery) {
		if (!delivery.isDecided()) {
			this.permits.acquireUninterruptibly();
			returned(delivery);
		}
	}

	private boolean isKept(Delivery delivery) {
		if (delivery.isDecided()) {
			return false;
		}
		this.later.add(delivery);
		if (this.abandoned) {
			delivery.abandon();
		}
		return !(delivery.isDecided() && this.later.remove(delivery));
	}

	/**
	 * The message is done with.
	 */
	void completed(Delivery delivery) {
		if (this.later.remove(delivery)) {
			release();
		}
	}

	/**
	 * Wait for no result any more, and let nothing more be handled.
	 */
	void abandon() {
		this.abandoned = true;
		release();
		this.later.forEach(Delivery::abandon);
	}

}

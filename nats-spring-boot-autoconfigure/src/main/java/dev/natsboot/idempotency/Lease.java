package dev.natsboot.idempotency;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

import dev.natsboot.idempotency.MarkStorage.Stored;
import org.jspecify.annotations.Nullable;

/**
 * A claim on a key that is stored outside of this application, for a time.
 */
final class Lease {

	private final String key;

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable Stored stored;

	Lease(String key) {
		this.key = key;
	}

	String key() {
		return this.key;
	}

	/**
	 * The claim is stored, and from now on to be renewed.
	 */
	void begin(Stored claim) {
		change((none) -> claim);
	}

	/**
	 * Change what is stored, unless the claim has ended, or not yet begun.
	 * @param renewal gives what is stored now, or {@code null} when the claim was lost
	 */
	void renew(UnaryOperator<@Nullable Stored> renewal) {
		change((current) -> (current != null) ? renewal.apply(current) : null);
	}

	/**
	 * End the claim: it is not renewed any more.
	 * @return what was stored last, or {@code null} when the claim was lost
	 */
	@Nullable Stored end() {
		this.lock.lock();
		try {
			Stored last = this.stored;
			this.stored = null;
			return last;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void change(UnaryOperator<@Nullable Stored> operator) {
		this.lock.lock();
		try {
			this.stored = operator.apply(this.stored);
		}
		finally {
			this.lock.unlock();
		}
	}

}

package dev.natsboot.listener;

import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.natsboot.idempotency.IdempotencyClaim;

import org.springframework.util.Assert;

/**
 * A claim on one message. It ends once; later calls do nothing.
 */
final class MessageClaim {

	private final IdempotencyClaim claim;

	private final String key;

	private final boolean transactional;

	private final AtomicBoolean ended = new AtomicBoolean();

	MessageClaim(IdempotencyClaim claim, String key, boolean transactional) {
		this.claim = claim;
		this.key = key;
		this.transactional = transactional;
	}

	/**
	 * The handler has succeeded. What it has settled by hand, however, leaves no mark: it
	 * may have been given back.
	 */
	void confirm(boolean settledByHand) {
		if (this.ended.compareAndSet(false, true)) {
			this.claim.confirm(settledByHand ? Set.of() : Set.of(this.key));
		}
	}

	void release() {
		if (this.ended.compareAndSet(false, true)) {
			this.claim.release();
		}
	}

	/**
	 * The handler goes on in another thread.
	 */
	void later() {
		checkLater(this.transactional);
	}

	static void checkLater(boolean transactional) {
		Assert.state(!transactional,
				"A handler whose idempotency store is part of its transaction can't complete "
						+ "later: return when everything is done, or use a store of another kind, for example with "
						+ "'nats.listener.idempotency.store=key-value'");
	}

}

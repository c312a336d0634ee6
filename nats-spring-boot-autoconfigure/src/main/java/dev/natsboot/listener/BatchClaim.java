package dev.natsboot.listener;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.natsboot.idempotency.IdempotencyClaim;
import org.jspecify.annotations.Nullable;

/**
 * A claim on the messages of a batch. Exactly those that were handled are marked.
 * <p>
 * In a transaction an exception undoes everything: those that failed are settled as
 * failed, the others were not handled either and come again. A handler that wants the
 * others to stay reports failures with {@link BatchAcknowledgment#fail(int, Throwable)}
 * and returns.
 */
final class BatchClaim {

	private final IdempotencyClaim claim;

	private final List<String> keys;

	private final boolean transactional;

	private final AtomicBoolean ended = new AtomicBoolean();

	/**
	 * Create a claim.
	 * @param keys the key of each message of the batch
	 */
	BatchClaim(IdempotencyClaim claim, List<String> keys, boolean transactional) {
		this.claim = claim;
		this.keys = keys;
		this.transactional = transactional;
	}

	/**
	 * The handler goes on in another thread.
	 */
	void later() {
		MessageClaim.checkLater(this.transactional);
	}

	/**
	 * End the claim, then settle the messages. When that fails it may be called again.
	 * @param some why single messages failed, when an exception said so
	 * @param all why all failed, or {@code null}
	 * @param undone whether the handling of the others was undone with them
	 */
	void settle(BatchSettlement batch, Map<Integer, Throwable> some, @Nullable Throwable all, boolean undone,
			long durationNanos) {
		batch.fail(some);
		if (!this.ended.compareAndSet(false, true)) {
			batch.settle(all, durationNanos);
		}
		else if (all != null) {
			this.claim.release();
			batch.settle(all, durationNanos);
		}
		else if (undone || (this.transactional && !some.isEmpty())) {
			this.claim.release();
			batch.undo(durationNanos);
		}
		else {
			batch.settle(confirm(batch), durationNanos);
		}
	}

	private @Nullable Throwable confirm(BatchSettlement batch) {
		try {
			this.claim.confirm(handled(batch));
			return null;
		}
		catch (RuntimeException | Error ex) {
			return ex;
		}
	}

	/**
	 * What the handler has settled by hand leaves no mark: it may have been given back.
	 */
	private Set<String> handled(BatchSettlement batch) {
		Set<String> handled = new HashSet<>();
		for (int i = 0; i < this.keys.size(); i++) {
			if (!batch.isFailed(i) && !batch.isDecided(i)) {
				handled.add(this.keys.get(i));
			}
		}
		return handled;
	}

}

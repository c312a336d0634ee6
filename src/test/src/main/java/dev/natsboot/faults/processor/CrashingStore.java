package dev.natsboot.faults.processor;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import dev.natsboot.faults.processor.LedgerEntry.Event;
import dev.natsboot.idempotency.IdempotencyClaim;
import dev.natsboot.idempotency.IdempotencyStore;

/**
 * A store of handled keys, with crashes after a claim and after a mark, which writes down
 * what it recognises.
 */
final class CrashingStore implements IdempotencyStore {

	private final IdempotencyStore store;

	private final Ledger ledger;

	private final Crashes crashes;

	CrashingStore(IdempotencyStore store, Ledger ledger, Crashes crashes) {
		this.store = store;
		this.ledger = ledger;
		this.crashes = crashes;
	}

	@Override
	public IdempotencyClaim claim(String listener, Set<String> keys) {
		IdempotencyClaim claim = this.store.claim(listener, keys);
		claim.duplicates().forEach((order) -> this.ledger.write(Event.DUPLICATE, order, 0));
		crash(claim.granted(), Behaviour.CRASH_AFTER_CLAIM);
		return new CrashingClaim(claim);
	}

	@Override
	public boolean isTransactional() {
		return this.store.isTransactional();
	}

	private void crash(Set<String> orders, Behaviour behaviour) {
		orders.stream().filter((order) -> order.startsWith(behaviour.name())).forEach(this.crashes::once);
	}

	private final class CrashingClaim implements IdempotencyClaim {

		private final IdempotencyClaim claim;

		private CrashingClaim(IdempotencyClaim claim) {
			this.claim = claim;
		}

		@Override
		public Set<String> granted() {
			return this.claim.granted();
		}

		@Override
		public Set<String> duplicates() {
			return this.claim.duplicates();
		}

		@Override
		public Map<String, Duration> busy() {
			return this.claim.busy();
		}

		@Override
		public void confirm(Set<String> handled) {
			this.claim.confirm(handled);
			crash(handled, Behaviour.CRASH_AFTER_MARK);
		}

		@Override
		public void release() {
			this.claim.release();
		}

	}

}

package dev.natsboot.idempotency;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What stores promise whose claims are outside of this application.
 */
abstract class LeasedStoreContract extends IdempotencyStoreContract {

	private static final Duration LEASE = Duration.ofSeconds(30);

	static final Duration SHORT_LEASE = Duration.ofSeconds(3);

	final MutableClock clock = new MutableClock();

	private IdempotencyStore store;

	private IdempotencyStore other;

	/**
	 * Create a store as another application would.
	 */
	abstract IdempotencyStore create(Duration lease, Clock clock);

	@Override
	final IdempotencyStore store() {
		if (this.store == null) {
			this.store = create(LEASE, this.clock);
		}
		return this.store;
	}

	private IdempotencyStore other() {
		if (this.other == null) {
			this.other = create(LEASE, this.clock);
		}
		return this.other;
	}

	@AfterEach
	void close() throws Exception {
		for (IdempotencyStore each : new IdempotencyStore[] { this.store, this.other }) {
			if (each instanceof AutoCloseable closeable) {
				closeable.close();
			}
		}
	}

	@Test
	void aKeyThatSomebodyElseIsHandlingIsBusyUntilItsLeaseEnds() {
		claim("a");
		this.clock.advance(Duration.ofSeconds(10));
		IdempotencyClaim claim = claimFrom(other(), "a");
		assertThat(claim.granted()).isEmpty();
		assertThat(claim.duplicates()).isEmpty();
		assertThat(claim.busy()).containsEntry("a", Duration.ofSeconds(20));
	}

	@Test
	void aKeyThatThisApplicationIsHandlingIsBusy() {
		IdempotencyClaim claim = claim("a");
		assertThat(claim("a").busy()).containsOnlyKeys("a");
		claim.confirm(Set.of("a"));
		assertDuplicate("a");
	}

	@Test
	void theClaimOfAnApplicationThatWasKilledIsTakenOver() {
		claim("a");
		this.clock.advance(LEASE.plusMillis(1));
		IdempotencyClaim claim = claimFrom(other(), "a");
		assertThat(claim.granted()).containsExactly("a");
		claim.confirm(Set.of("a"));
		assertThat(claimFrom(create(LEASE, this.clock), "a").duplicates()).containsExactly("a");
	}

	@Test
	void whatWasReleasedIsFreeForOthersAtOnce() {
		claim("a").release();
		IdempotencyClaim claim = claimFrom(other(), "a");
		assertThat(claim.granted()).containsExactly("a");
		claim.release();
	}

	@Test
	void whatWasTakenOverIsNotReleasedByWhoHadItBefore() {
		IdempotencyClaim late = claim("a");
		this.clock.advance(LEASE.plusMillis(1));
		IdempotencyClaim claim = claimFrom(other(), "a");
		late.release();
		assertThat(claimFrom(create(LEASE, this.clock), "a").busy()).containsOnlyKeys("a");
		claim.release();
	}

	@Test
	void whoIsLateAndSuccessfulLeavesAMarkAllTheSame() {
		IdempotencyClaim late = claim("a");
		this.clock.advance(LEASE.plusMillis(1));
		IdempotencyClaim claim = claimFrom(other(), "a");
		late.confirm(Set.of("a"));
		claim.release();
		assertDuplicate("a");
	}

	@Test
	void aClaimIsRenewedWhileItsHandlerRuns() {
		assertRenewed(create(SHORT_LEASE, this.clock));
	}

	/**
	 * The store looks every second whether something is to be renewed. Its time goes on
	 * when that was seen, so that a machine that stands still loses no claim.
	 */
	final void assertRenewed(IdempotencyStore running) {
		IdempotencyStore waiting = create(SHORT_LEASE, this.clock);
		IdempotencyClaim claim = claimFrom(running, "a");
		for (int i = 0; i < 3; i++) {
			this.clock.advance(SHORT_LEASE.dividedBy(2));
			await().untilAsserted(() -> assertThat(claimFrom(waiting, "a").busy()).containsEntry("a", SHORT_LEASE));
		}
		claim.release();
		assertThat(claimFrom(waiting, "a").granted()).containsExactly("a");
	}

}

package dev.natsboot.idempotency;

import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class InMemoryIdempotencyStoreTests extends IdempotencyStoreContract {

	private long nanos;

	private final IdempotencyStore store = new InMemoryIdempotencyStore(Duration.ofHours(1), 1000, () -> this.nanos);

	@Override
	IdempotencyStore store() {
		return this.store;
	}

	@Test
	void aKeyThatIsBeingHandledIsBusy() {
		IdempotencyClaim claim = claim("a");
		assertThat(claim("a").busy()).containsOnlyKeys("a");
		assertThat(claim("a").granted()).isEmpty();
		claim.confirm(Set.of("a"));
		assertDuplicate("a");
	}

	@Test
	void aKeyIsForgottenAfterItsTime() {
		claim("a").confirm(Set.of("a"));
		this.nanos += Duration.ofMinutes(59).toNanos();
		assertDuplicate("a");
		this.nanos += Duration.ofMinutes(2).toNanos();
		assertGranted("a");
	}

	@Test
	void aClaimDoesNotExpire() {
		IdempotencyClaim claim = claim("a");
		this.nanos += Duration.ofHours(10).toNanos();
		assertThat(claim("a").busy()).containsOnlyKeys("a");
		claim.release();
	}

	@Test
	void noMoreKeysAreRememberedThanAllowed() {
		IntStream.range(0, 5000).mapToObj(String::valueOf).forEach((key) -> claim(key).confirm(Set.of(key)));
		long remembered = IntStream.range(0, 5000).mapToObj(String::valueOf).filter(this::isDuplicate).count();
		assertThat(remembered).isBetween(1L, 1100L);
	}

	private boolean isDuplicate(String key) {
		IdempotencyClaim claim = claim(key);
		claim.release();
		return claim.duplicates().contains(key);
	}

	@Test
	void noMoreKeysThanAllowedDoesNotConcernClaims() {
		IdempotencyClaim claim = claim("a");
		IntStream.range(0, 5000).mapToObj((number) -> "k" + number).forEach((key) -> claim(key).confirm(Set.of(key)));
		assertThat(claim("a").busy()).containsOnlyKeys("a");
		claim.release();
	}

	@Test
	void refusesFiguresThatRememberNothing() {
		assertThatIllegalArgumentException().isThrownBy(() -> new InMemoryIdempotencyStore(Duration.ZERO, 1))
			.withMessageContaining("'nats.listener.idempotency.ttl' is 0s");
		assertThatIllegalArgumentException().isThrownBy(() -> new InMemoryIdempotencyStore(Duration.ofHours(1), 0))
			.withMessageContaining("nats.listener.idempotency.memory.maximum-size");
	}

}

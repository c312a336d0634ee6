package dev.natsboot.idempotency;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What became of an attempt to claim one key.
 *
 * @param held what is needed to end the claim, or {@code null} when it wasn't granted
 * @param busy how long to wait before the next attempt, or {@code null} when nobody else
 * has the key
 * @param <H> what is needed to end the claim
 */
record KeyAttempt<H>(@Nullable H held, @Nullable Duration busy) {

	/**
	 * How long to wait where nobody can know when the other one will be done.
	 */
	private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

	static <H> KeyAttempt<H> granted(H held) {
		return new KeyAttempt<>(held, null);
	}

	static <H> KeyAttempt<H> duplicate() {
		return new KeyAttempt<>(null, null);
	}

	static <H> KeyAttempt<H> busy(Duration delay) {
		return new KeyAttempt<>(null, delay);
	}

	static <H> KeyAttempt<H> tryAgain() {
		return busy(LOOK_AGAIN);
	}

}

package dev.natsboot.idempotency;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every store promises.
 */
abstract class IdempotencyStoreContract {

	private static final AtomicInteger NUMBERS = new AtomicInteger();

	/** A namespace of its own for each test. */
	private final String listener = "ORDERS.payment-" + NUMBERS.incrementAndGet();

	abstract IdempotencyStore store();

	@Test
	void whatWasConfirmedIsADuplicate() {
		IdempotencyClaim first = claim("a");
		first.confirm(Set.of("a"));
		assertThat(first.granted()).containsExactly("a");
		assertThat(first.duplicates()).isEmpty();
		IdempotencyClaim second = claim("a");
		second.release();
		assertThat(second.granted()).isEmpty();
		assertThat(second.duplicates()).containsExactly("a");
		assertThat(second.busy()).isEmpty();
		assertDuplicate("a");
	}

	@Test
	void whatWasReleasedLeavesNoMark() {
		claim("a").release();
		claim("a").release();
		assertGranted("a");
	}

	@Test
	void keysOfOneClaimAreTold() {
		claim("b").confirm(Set.of("b"));
		IdempotencyClaim claim = claim("a", "b", "c");
		claim.confirm(Set.of("a"));
		assertThat(claim.granted()).containsExactlyInAnyOrder("a", "c");
		assertThat(claim.duplicates()).containsExactly("b");
		assertDuplicate("a");
		assertDuplicate("b");
		assertGranted("c");
	}

	@Test
	void confirmingNothingLeavesNoMark() {
		claim("a", "b").confirm(Set.of());
		assertGranted("a");
		assertGranted("b");
	}

	@Test
	void listenersDoNotKnowEachOthersKeys() {
		claim("a").confirm(Set.of("a"));
		IdempotencyClaim other = store().claim(this.listener + "-other", Set.of("a"));
		other.release();
		assertThat(other.granted()).containsExactly("a");
	}

	@ParameterizedTest
	@ValueSource(strings = { "order 1", "größe", "*.>", ".a..b.", "$G", "a/b\\c'd\"e", "%s?:{}", " " })
	void anyTextIsAKey(String key) {
		claim(key).confirm(Set.of(key));
		assertDuplicate(key);
		assertGranted(key + "x");
	}

	@Test
	void longKeysAreDistinct() {
		String prefix = "k".repeat(199);
		claim(prefix + "1").confirm(Set.of(prefix + "1"));
		assertDuplicate(prefix + "1");
		assertGranted(prefix + "2");
	}

	/**
	 * Half of the attempts fail. Nobody may ever hold a key at the same time as somebody
	 * else, and of all attempts to handle a key exactly one may succeed.
	 */
	@Test
	void ofManyAtTheSameTimeOneHasTheKey() throws Exception {
		Map<String, AtomicInteger> holders = new ConcurrentHashMap<>();
		Map<String, AtomicInteger> successes = new ConcurrentHashMap<>();
		List<String> keys = IntStream.range(0, 20).mapToObj((number) -> "key" + number).toList();
		ExecutorService threads = Executors.newFixedThreadPool(6);
		try {
			List<Future<?>> all = IntStream.range(0, 6)
				.<Future<?>>mapToObj(
						(number) -> threads.submit(() -> keys.forEach((key) -> untilHandled(key, holders, successes))))
				.toList();
			for (Future<?> each : all) {
				each.get(60, TimeUnit.SECONDS);
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(successes.keySet()).containsExactlyInAnyOrderElementsOf(keys);
		assertThat(successes.values()).allSatisfy((count) -> assertThat(count).hasValue(1));
	}

	private void untilHandled(String key, Map<String, AtomicInteger> holders, Map<String, AtomicInteger> successes) {
		AtomicInteger holding = holders.computeIfAbsent(key, (absent) -> new AtomicInteger());
		AtomicInteger succeeded = successes.computeIfAbsent(key, (absent) -> new AtomicInteger());
		while (!tryToHandle(key, holding, succeeded)) {
			assertThat(Thread.currentThread().isInterrupted()).as("interrupted").isFalse();
		}
	}

	/**
	 * Attempt to handle a key. The claim is ended before anything is thrown: its
	 * transaction would keep the others waiting.
	 */
	private boolean tryToHandle(String key, AtomicInteger holding, AtomicInteger succeeded) {
		IdempotencyClaim claim = claim(key);
		boolean successful = false;
		try {
			successful = claim.granted().contains(key) && handle(holding);
		}
		finally {
			if (successful) {
				succeeded.incrementAndGet();
				claim.confirm(Set.of(key));
			}
			else {
				claim.release();
			}
		}
		return successful || claim.duplicates().contains(key);
	}

	private static boolean handle(AtomicInteger holding) {
		assertThat(holding.incrementAndGet()).isOne();
		Thread.yield();
		holding.decrementAndGet();
		return ThreadLocalRandom.current().nextBoolean();
	}

	final IdempotencyClaim claim(String... keys) {
		return store().claim(this.listener, Set.of(keys));
	}

	final IdempotencyClaim claimFrom(IdempotencyStore other, String key) {
		return other.claim(this.listener, Set.of(key));
	}

	final void assertDuplicate(String key) {
		IdempotencyClaim claim = claim(key);
		claim.release();
		assertThat(claim.duplicates()).containsExactly(key);
	}

	final void assertGranted(String key) {
		IdempotencyClaim claim = claim(key);
		claim.release();
		assertThat(claim.granted()).containsExactly(key);
	}

}

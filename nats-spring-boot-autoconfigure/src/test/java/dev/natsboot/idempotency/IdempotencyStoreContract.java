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
		assertThat(first.granted()).containsExactly("a");
		assertThat(first.duplicates()).isEmpty();
		first.confirm(Set.of("a"));
		IdempotencyClaim second = claim("a");
		assertThat(second.granted()).isEmpty();
		assertThat(second.duplicates()).containsExactly("a");
		assertThat(second.busy()).isEmpty();
		second.release();
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
		assertThat(claim.granted()).containsExactlyInAnyOrder("a", "c");
		assertThat(claim.duplicates()).containsExactly("b");
		claim.confirm(Set.of("a"));
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
		assertThat(other.granted()).containsExactly("a");
		other.release();
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
		while (true) {
			IdempotencyClaim claim = claim(key);
			if (claim.duplicates().contains(key)) {
				claim.release();
				return;
			}
			if (claim.granted().contains(key)) {
				assertThat(holding.incrementAndGet()).isOne();
				Thread.yield();
				holding.decrementAndGet();
				if (ThreadLocalRandom.current().nextBoolean()) {
					successes.computeIfAbsent(key, (absent) -> new AtomicInteger()).incrementAndGet();
					claim.confirm(Set.of(key));
					return;
				}
			}
			claim.release();
		}
	}

	final IdempotencyClaim claim(String... keys) {
		return store().claim(this.listener, Set.of(keys));
	}

	final IdempotencyClaim claimFrom(IdempotencyStore other, String key) {
		return other.claim(this.listener, Set.of(key));
	}

	final void assertDuplicate(String key) {
		IdempotencyClaim claim = claim(key);
		assertThat(claim.duplicates()).containsExactly(key);
		claim.release();
	}

	final void assertGranted(String key) {
		IdempotencyClaim claim = claim(key);
		assertThat(claim.granted()).containsExactly(key);
		claim.release();
	}

}

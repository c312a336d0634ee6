package dev.natsboot.idempotency;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.natsboot.core.Durations;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;

import org.springframework.util.Assert;

/**
 * Remembers keys in this application's memory, for a time and up to a number; needs
 * Caffeine. What it knows is lost with the application, and other instances don't know
 * it.
 */
public final class InMemoryIdempotencyStore implements IdempotencyStore {

	private final Operations operations;

	/**
	 * Create a store.
	 * @param ttl how long a key is remembered after its message was handled
	 * @param maximumSize how many keys are remembered at most; beyond that those go that
	 * are unlikely to be asked for again
	 */
	public InMemoryIdempotencyStore(Duration ttl, long maximumSize) {
		this(ttl, maximumSize, Ticker.systemTicker());
	}

	InMemoryIdempotencyStore(Duration ttl, long maximumSize, Ticker ticker) {
		Assert.isTrue(!ttl.isNegative() && !ttl.isZero(), () -> "'nats.listener.idempotency.ttl' is "
				+ Durations.text(ttl) + ", but must be longer than 0, for example 24h");
		Assert.isTrue(maximumSize > 0, () -> "'nats.listener.idempotency.memory.maximum-size' is " + maximumSize
				+ ", but must be 1 or more, for example 100000");
		this.operations = new Operations(
				Caffeine.newBuilder().expireAfterWrite(ttl).maximumSize(maximumSize).ticker(ticker).build());
	}

	@Override
	public IdempotencyClaim claim(String listener, Set<String> keys) {
		return KeyByKeyClaim.of(this.operations, listener + " ", keys);
	}

	/**
	 * Claims are apart from the marks: they must neither expire nor be evicted.
	 */
	private record Operations(Set<String> claimed, Cache<String, Boolean> handled) implements KeyOperations<String> {

		Operations(Cache<String, Boolean> handled) {
			this(ConcurrentHashMap.newKeySet(), handled);
		}

		@Override
		public KeyAttempt<String> claim(String key) {
			if (!this.claimed.add(key)) {
				return KeyAttempt.tryAgain();
			}
			if (this.handled.getIfPresent(key) != null) {
				this.claimed.remove(key);
				return KeyAttempt.duplicate();
			}
			return KeyAttempt.granted(key);
		}

		@Override
		public void confirm(String key) {
			this.handled.put(key, Boolean.TRUE);
			this.claimed.remove(key);
		}

		@Override
		public void release(String key) {
			this.claimed.remove(key);
		}

	}

}

package dev.natsboot.idempotency;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Claims, confirms and releases each key on its own.
 *
 * @param <H> what is needed to end the claim of a key
 */
final class KeyByKeyClaim<H> implements IdempotencyClaim {

	private final KeyOperations<H> operations;

	private final Map<String, H> held = new LinkedHashMap<>();

	private final Set<String> duplicates = new HashSet<>();

	private final Map<String, Duration> busy = new HashMap<>();

	private KeyByKeyClaim(KeyOperations<H> operations) {
		this.operations = operations;
	}

	/**
	 * Claim all keys. When one attempt fails, what was claimed before is released.
	 * @param prefix is put before each key
	 */
	static <H> IdempotencyClaim of(KeyOperations<H> operations, String prefix, Set<String> keys) {
		KeyByKeyClaim<H> claim = new KeyByKeyClaim<>(operations);
		try {
			keys.forEach((key) -> claim.attempt(key, prefix + key));
		}
		catch (RuntimeException | Error ex) {
			claim.release();
			throw ex;
		}
		return claim;
	}

	private void attempt(String key, String prefixed) {
		KeyAttempt<H> attempt = this.operations.claim(prefixed);
		if (attempt.held() != null) {
			this.held.put(key, attempt.held());
		}
		else if (attempt.busy() != null) {
			this.busy.put(key, attempt.busy());
		}
		else {
			this.duplicates.add(key);
		}
	}

	@Override
	public Set<String> granted() {
		return Collections.unmodifiableSet(this.held.keySet());
	}

	@Override
	public Set<String> duplicates() {
		return Collections.unmodifiableSet(this.duplicates);
	}

	@Override
	public Map<String, Duration> busy() {
		return Collections.unmodifiableMap(this.busy);
	}

	@Override
	public void confirm(Set<String> handled) {
		this.held.forEach((key, holding) -> {
			if (handled.contains(key)) {
				this.operations.confirm(holding);
			}
			else {
				this.operations.release(holding);
			}
		});
	}

	@Override
	public void release() {
		this.held.values().forEach(this.operations::release);
	}

}

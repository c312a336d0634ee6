package dev.natsboot.idempotency;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.integration.metadata.ConcurrentMetadataStore;

/**
 * Remembers keys in a {@link ConcurrentMetadataStore} of Spring Integration: JDBC, Redis,
 * Hazelcast, MongoDB and others. How long, and in how much space, is that store's matter.
 * A claim lasts for a time and is renewed while its handler runs; the clocks of the
 * instances have to agree to well within that time.
 * <p>
 * The store isn't part of the handler's transaction: between what a handler does and the
 * mark, the application may be killed, and the message is then handled again.
 */
public final class MetadataIdempotencyStore implements IdempotencyStore, AutoCloseable {

	private final LeasedMarks marks;

	/**
	 * Create a store.
	 * @param store where keys are kept
	 * @param lease how long a claim lasts that isn't renewed, because its application was
	 * killed or cut off
	 */
	public MetadataIdempotencyStore(ConcurrentMetadataStore store, Duration lease) {
		this(store, lease, Clock.systemUTC());
	}

	MetadataIdempotencyStore(ConcurrentMetadataStore store, Duration lease, Clock clock) {
		this.marks = new LeasedMarks(new Marks(store), lease, clock);
	}

	@Override
	public IdempotencyClaim claim(String listener, Set<String> keys) {
		return KeyByKeyClaim.of(this.marks, listener + " ", keys);
	}

	/**
	 * Stop renewing claims.
	 */
	@Override
	public void close() {
		this.marks.close();
	}

	/**
	 * Keeps marks in the metadata store.
	 *
	 * @param store where
	 */
	private record Marks(ConcurrentMetadataStore store) implements MarkStorage {

		@Override
		public @Nullable Stored create(String key, String text) {
			return (this.store.putIfAbsent(key, text) == null) ? new Stored(text, 0) : null;
		}

		@Override
		public @Nullable Stored get(String key) {
			String text = this.store.get(key);
			return (text != null) ? new Stored(text, 0) : null;
		}

		@Override
		public @Nullable Stored replace(String key, Stored known, String text) {
			return this.store.replace(key, known.text(), text) ? new Stored(text, 0) : null;
		}

		@Override
		public void put(String key, String text) {
			this.store.put(key, text);
		}

		@Override
		public void remove(String key, Stored known) {
			if (known.text().equals(this.store.get(key))) {
				this.store.remove(key);
			}
		}

	}

}

package dev.natsboot.idempotency;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

import io.nats.client.KeyValue;

/**
 * Remembers keys in a JetStream key-value bucket, which all instances share. The bucket's
 * own time to live says how long. A claim lasts for a time and is renewed while its
 * handler runs; the clocks of the instances have to agree to well within that time.
 * <p>
 * The bucket isn't part of any transaction: between what a handler does and the mark, the
 * application may be killed, and the message is then handled again.
 */
public final class KeyValueIdempotencyStore implements IdempotencyStore, AutoCloseable {

	private final LeasedMarks marks;

	/**
	 * Create a store.
	 * @param bucket gives the bucket when it is needed
	 * @param lease how long a claim lasts that isn't renewed, because its application was
	 * killed or cut off
	 */
	public KeyValueIdempotencyStore(Supplier<KeyValue> bucket, Duration lease) {
		this(bucket, lease, Clock.systemUTC());
	}

	KeyValueIdempotencyStore(Supplier<KeyValue> bucket, Duration lease, Clock clock) {
		this.marks = new LeasedMarks(new KeyValueMarks(bucket), lease, clock);
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

}

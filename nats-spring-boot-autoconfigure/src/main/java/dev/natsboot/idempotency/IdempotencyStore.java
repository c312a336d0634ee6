package dev.natsboot.idempotency;

import java.util.Set;

/**
 * Remembers which messages were handled. A listener claims a message's key before its
 * handler runs, and confirms it when the handler has succeeded: from then on the key is a
 * mark, and every further message with that key is a duplicate. When the handler fails
 * the claim is released and nothing remains.
 * <p>
 * An implementation has to be thread-safe, and its claims have to be exclusive: of any
 * number of callers that claim the same key at the same time, in any number of
 * applications that share the store, one has it granted. The claim of an application that
 * was killed must not last for ever.
 */
public interface IdempotencyStore {

	/**
	 * Claim keys whose messages are about to be handled.
	 * @param listener the namespace of the keys: what handles the messages, at most 200
	 * characters
	 * @param keys the keys, each at most 200 characters
	 * @return what became of each key; has to be ended by
	 * {@link IdempotencyClaim#confirm(Set)} or {@link IdempotencyClaim#release()}, also
	 * when no key was granted
	 * @throws RuntimeException when the store can't be reached; then nothing is claimed,
	 * or it is released by itself after a time
	 */
	IdempotencyClaim claim(String listener, Set<String> keys);

	/**
	 * Whether a claim is a transaction of the calling thread, which what the handler does
	 * in the same thread takes part in. Such a claim has to be ended by the thread that
	 * made it.
	 * @return {@code false} unless overridden: claims may be ended by any thread
	 */
	default boolean isTransactional() {
		return false;
	}

}

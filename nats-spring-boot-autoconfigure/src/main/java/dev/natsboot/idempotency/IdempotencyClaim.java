package dev.natsboot.idempotency;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What became of the keys that were claimed together. It is ended once, by
 * {@link #confirm(Set)} or {@link #release()}.
 */
public interface IdempotencyClaim {

	/**
	 * The keys whose messages may be handled now.
	 * @return keys that nobody else has
	 */
	Set<String> granted();

	/**
	 * The keys whose messages were handled before.
	 * @return keys that somebody has confirmed
	 */
	Set<String> duplicates();

	/**
	 * The keys that somebody else is handling, who may yet fail: their messages must
	 * neither be handled nor acknowledged now.
	 * @return for each key, how long to wait before claiming it again
	 */
	Map<String, Duration> busy();

	/**
	 * The handler is done: mark what it has handled, and release the other granted keys.
	 * @param handled the keys whose messages were handled, a part of those granted
	 * @throws RuntimeException when what the handler did was undone, because its
	 * transaction could not be committed: the messages have to be handled again. A store
	 * that is apart from the handler's transaction doesn't throw: what was done is done
	 */
	void confirm(Set<String> handled);

	/**
	 * The handler failed, or is not to run: no granted key leaves a mark. In a
	 * transaction, what the handler did is rolled back.
	 */
	void release();

}

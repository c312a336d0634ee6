package dev.natsboot.idempotency;

/**
 * What a store does with a single key, where keys don't share a transaction.
 *
 * @param <H> what is needed to end a claim
 */
interface KeyOperations<H> {

	/**
	 * Claim a key.
	 */
	KeyAttempt<H> claim(String key);

	/**
	 * Mark a claimed key. Doesn't throw: the message has been handled.
	 */
	void confirm(H held);

	/**
	 * Remove a claim. Doesn't throw: what can't be removed expires.
	 */
	void release(H held);

}

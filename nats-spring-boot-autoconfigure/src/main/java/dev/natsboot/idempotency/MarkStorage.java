package dev.natsboot.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * Keeps texts under keys, and changes them only when nobody else has meanwhile. All
 * methods throw a {@link RuntimeException} when the storage can't be reached.
 */
interface MarkStorage {

	/**
	 * Store a text under a key that has none.
	 * @return what was stored, or {@code null} when there is something already
	 */
	@Nullable Stored create(String key, String text);

	/**
	 * Look.
	 * @return what is there, or {@code null} when there is nothing
	 */
	@Nullable Stored get(String key);

	/**
	 * Store another text.
	 * @return what was stored, or {@code null} when what is there isn't what was known
	 */
	@Nullable Stored replace(String key, Stored known, String text);

	/**
	 * Store a text, whatever is there.
	 */
	void put(String key, String text);

	/**
	 * Remove what is known. Does nothing when something else is there.
	 */
	void remove(String key, Stored known);

	/**
	 * What is stored.
	 *
	 * @param text the text
	 * @param revision tells it from an earlier or later one with the same text, 0 where
	 * there is no such thing
	 */
	record Stored(String text, long revision) {

	}

}

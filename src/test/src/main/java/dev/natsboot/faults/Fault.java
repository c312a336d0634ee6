package dev.natsboot.faults;

import java.util.List;

/**
 * Something that goes wrong and is put right again.
 */
interface Fault {

	/**
	 * Let it go wrong.
	 */
	void inject() throws InterruptedException;

	/**
	 * Put it right, and return when messages could be handled again.
	 * @return that time, in milliseconds since 1970
	 */
	long remove() throws InterruptedException;

	/**
	 * Bring back what isn't needed for that.
	 */
	default void repair() throws InterruptedException {
	}

	/**
	 * Return the processors that can't go on while it lasts.
	 * @return the processors
	 */
	List<Processor> affected();

}

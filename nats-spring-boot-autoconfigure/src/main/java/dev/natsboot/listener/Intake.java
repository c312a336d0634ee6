package dev.natsboot.listener;

import java.time.Duration;

/**
 * One run of a container over one connection.
 */
interface Intake {

	/**
	 * End the subscription, and wait for the running handlers. May be called on several
	 * threads: each waits until the end.
	 * @param caller who wants that; when it is a handler's thread, that handler isn't
	 * waited for
	 */
	void close(Duration timeout, Thread caller);

	/**
	 * Whether a thread is handling messages of this intake.
	 */
	boolean isHandledBy(Thread thread);

	/**
	 * Whether nothing comes any more, and nothing is being handled.
	 */
	boolean isOver();

}

package dev.natsboot.testsupport;

import java.util.stream.Stream;

/**
 * A thread on which jnats calls handlers.
 */
public final class DispatcherThread {

	private DispatcherThread() {
	}

	/**
	 * Interrupt a thread, which ends jnats's dispatching on it, unless the container
	 * takes the interruption for the handler's: then it is to be asked again.
	 * @param thread the thread
	 * @return whether it dispatches no more
	 */
	public static boolean endsWhenInterrupted(Thread thread) {
		thread.interrupt();
		return Stream.of(thread.getStackTrace()).noneMatch((frame) -> frame.getClassName().endsWith(".NatsDispatcher"));
	}

}

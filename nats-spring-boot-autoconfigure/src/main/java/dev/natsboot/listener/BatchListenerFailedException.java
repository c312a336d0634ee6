package dev.natsboot.listener;

import java.util.Map;

/**
 * Thrown by a batch handler when some of the messages failed. The others are
 * acknowledged, unless an index names no message of the batch: then all have failed.
 * Where it rolls back a transaction that the method has by {@code @Transactional}, the
 * others come again. A method that wants to commit what it did for the others calls
 * {@link BatchAcknowledgment#fail(int, Throwable)} and returns.
 */
public class BatchListenerFailedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Map<Integer, Throwable> failures;

	/**
	 * One message failed.
	 * @param message what happened
	 * @param index the message's place in the list, from 0
	 * @param cause why it failed
	 */
	public BatchListenerFailedException(String message, int index, Throwable cause) {
		this(message, Map.of(index, cause));
	}

	/**
	 * Several messages failed.
	 * @param message what happened
	 * @param failures why each failed, by its place in the list, from 0
	 */
	public BatchListenerFailedException(String message, Map<Integer, Throwable> failures) {
		super(message, failures.values().stream().findFirst().orElse(null));
		this.failures = Map.copyOf(failures);
	}

	/**
	 * Why each failed.
	 * @return the failures by their place in the list
	 */
	public Map<Integer, Throwable> getFailures() {
		return this.failures;
	}

}

package dev.natsboot.deadletter;

/**
 * There is no such dead letter, or no longer.
 */
public class DeadLetterNotFoundException extends DeadLetterException {

	private static final long serialVersionUID = 1L;

	/** The server's code for a message that isn't there. */
	private static final int NO_MESSAGE = 10037;

	DeadLetterNotFoundException(String message) {
		super(message, NO_MESSAGE, null);
	}

}

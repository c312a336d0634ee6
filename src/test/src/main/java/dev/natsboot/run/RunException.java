package dev.natsboot.run;

/**
 * Ends a run with a message for its user.
 */
@SuppressWarnings("serial")
public class RunException extends RuntimeException {

	public RunException(String message) {
		super(message);
	}

	public RunException(String message, Throwable cause) {
		super(message, cause);
	}

}

package dev.natsboot.run;

import org.jspecify.annotations.Nullable;

/**
 * Ends a run with a message for its user.
 */
@SuppressWarnings("serial")
public class RunException extends RuntimeException {

	public RunException(String message) {
		super(message);
	}

	public RunException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}

package dev.natsboot.sample.processor.audit;

/**
 * The archive can't be written or read.
 */
@SuppressWarnings("serial")
class AuditException extends RuntimeException {

	AuditException(String message, Throwable cause) {
		super(message, cause);
	}

}

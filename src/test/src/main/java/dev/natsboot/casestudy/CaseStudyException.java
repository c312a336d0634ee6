package dev.natsboot.casestudy;

/**
 * Ends the case study with a message for its user.
 */
@SuppressWarnings("serial")
class CaseStudyException extends RuntimeException {

	CaseStudyException(String message) {
		super(message);
	}

	CaseStudyException(String message, Throwable cause) {
		super(message, cause);
	}

}

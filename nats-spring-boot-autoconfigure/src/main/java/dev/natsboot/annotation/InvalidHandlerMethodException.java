package dev.natsboot.annotation;

import org.springframework.beans.factory.BeanCreationException;

/**
 * Thrown when an annotated method can't become a listener or a request handler.
 */
public class InvalidHandlerMethodException extends BeanCreationException {

	private static final long serialVersionUID = 1L;

	/**
	 * Which method is wrong and why.
	 */
	private final String reason;

	InvalidHandlerMethodException(String beanName, String reason, Throwable cause) {
		super(beanName, reason, cause);
		this.reason = reason;
	}

	/**
	 * Which method is wrong and why, without the name of its bean.
	 * @return the reason, with what would be right
	 */
	public String getReason() {
		return this.reason;
	}

}

package dev.natsboot.service;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On an exception: the code of the error reply when a request handler throws it. The
 * reply's text is the exception's message.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ServiceErrorCode {

	/**
	 * The code, sent as {@code Nats-Service-Error-Code}; by custom one of HTTP's.
	 * @return the code
	 */
	int value();

}

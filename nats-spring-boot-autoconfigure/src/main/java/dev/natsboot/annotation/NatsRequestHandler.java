package dev.natsboot.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;
import org.springframework.messaging.handler.annotation.MessageMapping;

/**
 * Marks a method that answers requests. It is an endpoint of a NATS service (ADR-32), so
 * it answers {@code $SRV.PING}, {@code $SRV.INFO} and {@code $SRV.STATS}, and instances
 * of the application share the requests.
 * <p>
 * Every attribute resolves <code>${…}</code> place-holders and <code>#{…}</code>
 * expressions. An empty one means what the {@code nats.service.*} properties say.
 * <p>
 * The method has the parameters of a {@link NatsListener} on a core subscription; a
 * {@link java.util.List} is a payload here. What it returns is the reply: a string or an
 * array as it is, an object as JSON, {@code null} as an empty body, a
 * {@link java.util.concurrent.CompletionStage} (or another type that
 * {@link org.springframework.core.ReactiveAdapterRegistry} knows) when it completes. A
 * failure is an error reply with the headers {@code Nats-Service-Error-Code} and
 * {@code Nats-Service-Error}: 400 for a request that can't be converted or isn't valid,
 * 500 for other exceptions, or the code of a
 * {@link dev.natsboot.core.NatsServiceErrorException}.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@MessageMapping
@Documented
public @interface NatsRequestHandler {

	/**
	 * Alias for {@link #subject()}.
	 * @return the subject
	 */
	@AliasFor("subject")
	String value() default "";

	/**
	 * The subject of the requests, wildcards included.
	 * @return the subject
	 */
	@AliasFor("value")
	String subject() default "";

	/**
	 * The handler's id: its name in health, metrics, and the service's description. By
	 * default made of the bean's name and the method's.
	 * @return the id
	 */
	String id() default "";

	/**
	 * The queue group: each request goes to one member of the group.
	 * @return the queue group
	 */
	String queue() default "";

	/**
	 * The service that this is an endpoint of.
	 * @return a name of letters, digits, {@code -} and {@code _}
	 */
	String service() default "";

	/**
	 * The service's version.
	 * @return a semantic version, for example {@code 1.2.0}
	 */
	String version() default "";

	/**
	 * What the service is for, for those who look it up.
	 * @return a description
	 */
	String description() default "";

	/**
	 * How many requests are handled at the same time.
	 * @return a number, 1 or more
	 */
	String concurrency() default "";

	/**
	 * Whether the handler starts with the application.
	 * @return {@code true} or {@code false}
	 */
	String autoStartup() default "";

	/**
	 * The bean name of the {@link dev.natsboot.connection.NatsConnectionManager} to use,
	 * when there are several.
	 * @return the connection, empty for the primary one
	 */
	String connection() default "";

}

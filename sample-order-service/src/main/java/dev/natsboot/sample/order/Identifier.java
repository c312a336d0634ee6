package dev.natsboot.sample.order;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;

/**
 * Text that identifies a customer, an article or an order. Many rows are written by one
 * statement, so what the database can't store is refused before: a column has room for 64
 * characters, PostgreSQL knows no U+0000, and half of a surrogate pair isn't a character.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = IdentifierValidator.class)
public @interface Identifier {

	/**
	 * What is said about a violation.
	 * @return the message
	 */
	String message() default "must be text of 1 to 64 characters, not only blanks, without control characters";

	/**
	 * When the rules count.
	 * @return the groups
	 */
	Class<?>[] groups() default {};

	/**
	 * What else is to be said about a violation.
	 * @return the payload
	 */
	Class<? extends Payload>[] payload() default {};

}

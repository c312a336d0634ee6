/**
 * The annotations {@code @NatsListener} and {@code @NatsRequestHandler}, and what turns
 * an annotated method into an endpoint. How each argument is built is planned once, when
 * the method is found.
 */
@NullMarked
package dev.natsboot.annotation;

import org.jspecify.annotations.NullMarked;

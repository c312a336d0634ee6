package dev.natsboot.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;
import org.springframework.messaging.handler.annotation.MessageMapping;

/**
 * Marks a method that handles the messages of one or more subjects: of a core
 * subscription, or with {@link #stream()} of a JetStream consumer, which is created when
 * it is missing.
 * <p>
 * Every attribute resolves <code>${…}</code> place-holders and <code>#{…}</code>
 * expressions. An empty one means what its {@code nats.listener.*} property says, where
 * there is one: for {@link #concurrency()}, {@link #ackMode()}, {@link #ackWait()},
 * {@link #ackSyncTimeout()}, {@link #maxDeliver()}, {@link #backoff()} and what follows
 * it, {@link #deadLetterSubject()}, {@link #maxAckPending()}, {@link #batchSize()} (the
 * property {@code batch.size}), {@link #batchLinger()} and {@link #autoStartup()}.
 * <p>
 * The method may have parameters of these types:
 * <ul>
 * <li>the payload, converted to the parameter's type: {@code byte[]}, {@link String}, or
 * anything that the application's message converter can read, or an
 * {@link java.util.Optional} of these, which is empty for an empty body. Annotate it with
 * {@link org.springframework.messaging.handler.annotation.Payload} when it isn't the only
 * candidate, and with {@code @Valid} or {@code @Validated} to have it validated;</li>
 * <li>{@code @Header} and {@code @Headers}: one header or a map of all, those of NATS by
 * their own name, and subject, sequence and the like by the constants of
 * {@link dev.natsboot.convert.NatsHeaders};</li>
 * <li>{@link dev.natsboot.convert.NatsMessageHeaders}: subject, sequence, delivery count
 * and all headers, without a copy;</li>
 * <li>{@link io.nats.client.Message}: the client's message;</li>
 * <li>{@link io.nats.client.impl.Headers}: the client's headers;</li>
 * <li>{@link org.springframework.messaging.Message}: Spring's message with a converted
 * payload;</li>
 * <li>{@link dev.natsboot.listener.Acknowledgment}: settles the message, in ack mode
 * {@code manual};</li>
 * <li>{@link java.util.List} of payloads, of {@link io.nats.client.Message} or of
 * Spring's messages: a batch of what has arrived, with {@link #stream()} only; then also
 * {@link dev.natsboot.listener.BatchAcknowledgment}.</li>
 * </ul>
 * What the method returns is the reply to a request, or goes to the subject that
 * {@link org.springframework.messaging.handler.annotation.SendTo} names. A
 * {@link java.util.concurrent.CompletionStage} (or another type that
 * {@link org.springframework.core.ReactiveAdapterRegistry} knows) is awaited without
 * holding a thread; the order of messages is given up then.
 * <p>
 * Where the result of a core subscription is the reply, a failure is answered as well, as
 * by a {@link NatsRequestHandler}: with an error reply with the headers
 * {@code Nats-Service-Error-Code} and {@code Nats-Service-Error}, whether the conversion
 * of the message, its validation, the method, its later result or the conversion of the
 * reply failed. A method that returns nothing ({@code void}, a future of {@link Void})
 * answers nothing, and neither does one with {@code @SendTo}.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(NatsListeners.class)
@MessageMapping
@Documented
public @interface NatsListener {

	/**
	 * Alias for {@link #subjects()}.
	 * @return the subjects
	 */
	@AliasFor("subjects")
	String[] value() default {};

	/**
	 * The subjects to listen to, {@code *} and {@code >} included. An expression may give
	 * a comma-separated list or a collection. May be empty with {@link #stream()}: all
	 * subjects of the stream.
	 * @return the subjects
	 */
	@AliasFor("value")
	String[] subjects() default {};

	/**
	 * The listener's id: its name in health, metrics, and the registry. By default made
	 * of the bean's name and the method's; where the annotation is repeated, with
	 * {@code -2} and so on from the second one.
	 * @return the id
	 */
	String id() default "";

	/**
	 * The queue group of a core subscription: each message goes to one member of the
	 * group.
	 * @return the queue group, empty for none
	 */
	String queue() default "";

	/**
	 * The stream to consume from.
	 * @return the stream, empty for a core subscription
	 */
	String stream() default "";

	/**
	 * The name of the durable consumer. Instances that share it share the messages.
	 * @return the consumer, empty for an ephemeral one, which each instance has for
	 * itself
	 */
	String consumer() default "";

	/**
	 * How messages come from the stream: {@code pull} (the listener asks for as many as
	 * its handlers can take), {@code push} (the server sends until
	 * {@link #maxAckPending()} are unacknowledged) or {@code ordered} (the listener reads
	 * the stream for itself: in order, each message once, without a gap, and without
	 * acknowledgements, so a message whose handling fails isn't delivered again).
	 * @return the consumer type, empty for {@code pull}
	 */
	String consumerType() default "";

	/**
	 * How many messages are handled at the same time; 1 keeps their order.
	 * @return a number, 1 or more
	 */
	String concurrency() default "";

	/**
	 * What keeps messages in their order although {@link #concurrency()} is above 1: a
	 * Spring expression without delimiters, such as {@code subject[2]} (the third token
	 * of the subject) or {@code headers['order-id']}. Messages for which it gives the
	 * same are handled one after the other, and one that is tried again isn't overtaken.
	 * A message for which it gives nothing is handled at any time.
	 * @return an expression, empty for no order
	 */
	String orderBy() default "";

	/**
	 * Who acknowledges: {@code auto} (the container, when the method has returned),
	 * {@code all} (the container, once for a batch: the consumer has ack policy all, and
	 * one instance of the application has it to itself), {@code manual} (the method) or
	 * {@code none} (nobody, the server forgets a message when it has sent it).
	 * @return the ack mode
	 */
	String ackMode() default "";

	/**
	 * How long the server waits for an acknowledgement before it delivers a message
	 * again, for example {@code 30s}. Handlers may take longer: their messages are kept
	 * alive.
	 * @return a duration, in milliseconds when it has no unit
	 */
	String ackWait() default "";

	/**
	 * How long the container waits for the server to confirm an acknowledgement, for
	 * example {@code 2s}; by default it doesn't. Waiting costs a round trip for each
	 * message.
	 * @return a duration, in milliseconds when it has no unit; 0 for not at all
	 */
	String ackSyncTimeout() default "";

	/**
	 * How often a message is tried before it becomes a dead letter; -1 for no limit.
	 * Counted by the container from the server's delivery count; the server's own limit
	 * isn't used, as it would drop the message.
	 * @return a number
	 */
	String maxDeliver() default "";

	/**
	 * The delays before the second, third … delivery, for example {@code 1s,5s,10s}. The
	 * last one repeats.
	 * @return durations, in milliseconds when they have no unit
	 */
	String backoff() default "";

	/**
	 * What the last delay of {@link #backoff()} is multiplied by for each further
	 * delivery, for example {@code 2}.
	 * @return a number, 1 or more; 1 repeats the last delay
	 */
	String backoffMultiplier() default "";

	/**
	 * The longest delay that {@link #backoffMultiplier()} makes, for example {@code 1m}.
	 * @return a duration, in milliseconds when it has no unit
	 */
	String backoffMax() default "";

	/**
	 * How far delays deviate at random, as a part of the delay, for example {@code 0.2}.
	 * @return a number from 0 (not at all) to 1
	 */
	String backoffJitter() default "";

	/**
	 * Where messages go that failed for good, for example {@code orders.dlq}. A stream
	 * has to capture the subject. The place-holders {@code {stream}}, {@code {consumer}},
	 * {@code {subject}}, {@code {listener}} and {@code {sequence}} are replaced.
	 * @return a subject, {@code none} for no dead letters whatever the properties say,
	 * empty for what they say
	 */
	String deadLetterSubject() default "";

	/**
	 * How many messages may be delivered and not yet acknowledged, over all instances of
	 * the consumer.
	 * @return a number
	 */
	String maxAckPending() default "";

	/**
	 * Where a new consumer begins: {@code all}, {@code last}, {@code new},
	 * {@code by-start-sequence}, {@code by-start-time} or {@code last-per-subject}. Of no
	 * meaning for a consumer that exists.
	 * @return the deliver policy, empty for {@code all} or what a given start implies
	 */
	String deliverPolicy() default "";

	/**
	 * The stream sequence at which a new consumer begins; implies the deliver policy
	 * {@code by-start-sequence}.
	 * @return a number
	 */
	String startSequence() default "";

	/**
	 * The time at which a new consumer begins, for example {@code 2026-01-31T12:00:00Z};
	 * implies the deliver policy {@code by-start-time}.
	 * @return an instant in ISO 8601
	 */
	String startTime() default "";

	/**
	 * How many messages a batch has at most; refused on a method without a list
	 * parameter.
	 * @return a number
	 */
	String batchSize() default "";

	/**
	 * How long a batch waits for more messages after its first one, for a method with a
	 * list parameter.
	 * @return a duration, in milliseconds when it has no unit
	 */
	String batchLinger() default "";

	/**
	 * The bean name of a {@link dev.natsboot.listener.ListenerErrorHandler}, or an
	 * expression that gives one.
	 * @return the error handler, empty for the application's only one, or the default one
	 */
	String errorHandler() default "";

	/**
	 * The bean name of a {@link dev.natsboot.listener.MessageFilter}, or an expression
	 * that gives one.
	 * @return the filter, empty for none
	 */
	String filter() default "";

	/**
	 * Whether messages that were handled before are recognised, so that the handler
	 * doesn't see them again: {@code true} for the application's one
	 * {@link dev.natsboot.idempotency.IdempotencyStore} (the property
	 * {@code nats.listener.idempotency.store} makes one), or the bean name of a store.
	 * Needs {@link #stream()} and the ack mode {@code auto}.
	 * @return {@code true}, {@code false}, or a bean name; {@code false} when empty
	 */
	String idempotency() default "";

	/**
	 * What tells one message from another, for {@link #idempotency()}: a Spring
	 * expression without delimiters, evaluated for each message, which sees
	 * {@code subject} (its tokens, from 0), {@code headers}, {@code message} and
	 * {@code payload} (as the method gets it; it is converted once more for this). For
	 * example {@code headers['order-id']} or {@code payload.orderId}. A message for which
	 * it gives nothing is known by its place in the stream.
	 * @return an expression, empty for the message id (the header {@code Nats-Msg-Id}, or
	 * {@code Original-Message-Id} of a dead letter that was sent back)
	 * @see dev.natsboot.listener.MessageExpression
	 */
	String idempotencyKey() default "";

	/**
	 * Whether the listener starts with the application.
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

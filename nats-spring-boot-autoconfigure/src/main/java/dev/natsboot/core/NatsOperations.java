package dev.natsboot.core;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Publishing, requesting and receiving with core NATS. Implemented by
 * {@link NatsTemplate}; an interface so that tests can replace it.
 * <p>
 * Payloads: strings and bytes travel as they are, {@code null} is an empty body, a Spring
 * {@code Message} brings its own headers, and everything else is converted. All methods
 * throw {@link IllegalArgumentException} for a subject that can't be used and
 * {@link org.springframework.messaging.converter.MessageConversionException} for a
 * payload that can't be converted.
 */
public interface NatsOperations {

	/**
	 * Publish a message. Returns when it is in the client's hands: core NATS confirms
	 * nothing, and nobody gets the message who doesn't subscribe at this moment.
	 * @param subject the subject, without wildcards
	 * @param payload the payload, or {@code null} for an empty body
	 * @throws NatsException when the client doesn't take the message
	 */
	default void publish(String subject, @Nullable Object payload) {
		publish(subject, payload, (Headers) null);
	}

	/**
	 * Publish a message with headers.
	 * @param subject the subject, without wildcards
	 * @param payload the payload, or {@code null} for an empty body
	 * @param headers names and values; a collection becomes several values, everything
	 * else its text. Spring's {@code MessageHeaders} are taken as a Spring
	 * {@code Message} brings them
	 * @throws NatsException when the client doesn't take the message
	 */
	void publish(String subject, @Nullable Object payload, Map<String, ?> headers);

	/**
	 * Publish a message with headers, for example those of a received one.
	 * @param subject the subject, without wildcards
	 * @param payload the payload, or {@code null} for an empty body
	 * @param headers the headers, which aren't changed, or {@code null} for none
	 * @throws NatsException when the client doesn't take the message
	 */
	void publish(String subject, @Nullable Object payload, @Nullable Headers headers);

	/**
	 * Send a request and wait for the reply, as long as
	 * {@code nats.template.request-timeout} says.
	 * @param <T> the reply's type
	 * @param subject the subject, without wildcards
	 * @param payload the payload, or {@code null} for an empty body
	 * @param replyType the reply's type; {@code io.nats.client.Message} gives the reply
	 * with its headers
	 * @return the reply, or {@code null} when its body is empty and the type is neither
	 * {@code String} nor {@code byte[]}
	 * @throws NatsNoRespondersException at once when nobody subscribes to the subject
	 * @throws NatsRequestTimeoutException when no reply came in time
	 * @throws NatsServiceErrorException when the reply is an error
	 * @throws NatsException when the request can't be sent
	 */
	default <T> @Nullable T request(String subject, @Nullable Object payload, Class<T> replyType) {
		return request(subject, payload, null, ParameterizedTypeReference.forType(replyType), null);
	}

	/**
	 * Send a request and wait for the reply.
	 * @param <T> the reply's type
	 * @param subject the subject, without wildcards
	 * @param payload the payload, or {@code null} for an empty body
	 * @param replyType the reply's type
	 * @param timeout how long to wait
	 * @return the reply, or {@code null} when its body is empty and the type is neither
	 * {@code String} nor {@code byte[]}
	 * @throws NatsNoRespondersException at once when nobody subscribes to the subject
	 * @throws NatsRequestTimeoutException when no reply came in time
	 * @throws NatsServiceErrorException when the reply is an error
	 * @throws NatsException when the request can't be sent
	 */
	default <T> @Nullable T request(String subject, @Nullable Object payload, Class<T> replyType, Duration timeout) {
		return request(subject, payload, null, ParameterizedTypeReference.forType(replyType), timeout);
	}

	/**
	 * Send a request and wait for a reply of a generic type.
	 * @param <T> the reply's type
	 * @param subject the subject, without wildcards
	 * @param payload the payload, or {@code null} for an empty body
	 * @param replyType the reply's type
	 * @param timeout how long to wait
	 * @return the reply, or {@code null} when its body is empty
	 * @throws NatsNoRespondersException at once when nobody subscribes to the subject
	 * @throws NatsRequestTimeoutException when no reply came in time
	 * @throws NatsServiceErrorException when the reply is an error
	 * @throws NatsException when the request can't be sent
	 */
	default <T> @Nullable T request(String subject, @Nullable Object payload, ParameterizedTypeReference<T> replyType,
			Duration timeout) {
		return request(subject, payload, null, replyType, timeout);
	}

	/**
	 * Send a request with headers and wait for the reply.
	 * @param <T> the reply's type
	 * @param subject the subject, without wildcards
	 * @param payload the payload, or {@code null} for an empty body
	 * @param headers names and values, or {@code null} for none
	 * @param replyType the reply's type
	 * @param timeout how long to wait, or {@code null} for
	 * {@code nats.template.request-timeout}
	 * @return the reply, or {@code null} when its body is empty and the type is neither
	 * {@code String} nor {@code byte[]}
	 * @throws NatsNoRespondersException at once when nobody subscribes to the subject
	 * @throws NatsRequestTimeoutException when no reply came in time
	 * @throws NatsServiceErrorException when the reply is an error
	 * @throws NatsException when the request can't be sent
	 */
	default <T> @Nullable T request(String subject, @Nullable Object payload, @Nullable Map<String, ?> headers,
			Class<T> replyType, @Nullable Duration timeout) {
		return request(subject, payload, headers, ParameterizedTypeReference.forType(replyType), timeout);
	}

	/**
	 * Send a request with headers and wait for a reply of a generic type.
	 * @param <T> the reply's type
	 * @param subject the subject, without wildcards
	 * @param payload the payload, or {@code null} for an empty body
	 * @param headers names and values, or {@code null} for none
	 * @param replyType the reply's type
	 * @param timeout how long to wait, or {@code null} for
	 * {@code nats.template.request-timeout}
	 * @return the reply, or {@code null} when its body is empty
	 * @throws NatsNoRespondersException at once when nobody subscribes to the subject
	 * @throws NatsRequestTimeoutException when no reply came in time
	 * @throws NatsServiceErrorException when the reply is an error
	 * @throws NatsException when the request can't be sent
	 */
	<T> @Nullable T request(String subject, @Nullable Object payload, @Nullable Map<String, ?> headers,
			ParameterizedTypeReference<T> replyType, @Nullable Duration timeout);

	/**
	 * Send a request; the reply is waited for as long as
	 * {@code nats.template.request-timeout} says.
	 * @param <T> the reply's type
	 * @param subject the subject, without wildcards
	 * @param payload the payload, or {@code null} for an empty body
	 * @param replyType the reply's type
	 * @return the reply as for {@link #request(String, Object, Class)}; failures, other
	 * than unusable arguments, are the future's. What depends on it may block: it runs on
	 * a thread of its own, not of the client
	 */
	default <T> CompletableFuture<@Nullable T> requestAsync(String subject, @Nullable Object payload,
			Class<T> replyType) {
		return requestAsync(subject, payload, null, ParameterizedTypeReference.forType(replyType), null);
	}

	/**
	 * Send a request.
	 * @param <T> the reply's type
	 * @param subject the subject, without wildcards
	 * @param payload the payload, or {@code null} for an empty body
	 * @param replyType the reply's type
	 * @param timeout how long the reply is waited for
	 * @return the reply as for {@link #request(String, Object, Class, Duration)};
	 * failures, other than unusable arguments, are the future's
	 */
	default <T> CompletableFuture<@Nullable T> requestAsync(String subject, @Nullable Object payload,
			Class<T> replyType, Duration timeout) {
		return requestAsync(subject, payload, null, ParameterizedTypeReference.forType(replyType), timeout);
	}

	/**
	 * Send a request with headers.
	 * @param <T> the reply's type
	 * @param subject the subject, without wildcards
	 * @param payload the payload, or {@code null} for an empty body
	 * @param headers names and values, or {@code null} for none
	 * @param replyType the reply's type
	 * @param timeout how long the reply is waited for, or {@code null} for
	 * {@code nats.template.request-timeout}
	 * @return the reply; failures, other than unusable arguments, are the future's
	 */
	<T> CompletableFuture<@Nullable T> requestAsync(String subject, @Nullable Object payload,
			@Nullable Map<String, ?> headers, ParameterizedTypeReference<T> replyType, @Nullable Duration timeout);

	/**
	 * Wait for the next message. What was published before this call, or between two
	 * calls, is not received: use a listener, or JetStream, where that matters.
	 * @param <T> the payload's type
	 * @param subject the subject, possibly with wildcards
	 * @param type the payload's type; {@code io.nats.client.Message} gives the message
	 * with its headers
	 * @param timeout how long to wait
	 * @return the payload, or {@code null} when no message came in time or its body is
	 * empty
	 * @throws NatsException when the subject can't be subscribed to
	 */
	default <T> @Nullable T receive(String subject, Class<T> type, Duration timeout) {
		return receive(subject, ParameterizedTypeReference.forType(type), timeout);
	}

	/**
	 * Wait for the next message, with a payload of a generic type.
	 * @param <T> the payload's type
	 * @param subject the subject, possibly with wildcards
	 * @param type the payload's type
	 * @param timeout how long to wait
	 * @return the payload, or {@code null} when no message came in time or its body is
	 * empty
	 * @throws NatsException when the subject can't be subscribed to
	 */
	<T> @Nullable T receive(String subject, ParameterizedTypeReference<T> type, Duration timeout);

}

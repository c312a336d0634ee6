package dev.natsboot.core;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Publishing to streams, confirmed by the server. Implemented by
 * {@link JetStreamTemplate}; an interface so that tests can replace it.
 * <p>
 * Every message gets an identity, the header {@code Nats-Msg-Id}: the one among the given
 * headers, or a generated one where that is missing or blank. A publish that wasn't
 * confirmed is therefore tried again without a risk: within the stream's duplicate window
 * the message is stored once, and {@link PublishAck#isDuplicate()} says so. Give your own
 * identity where the application may publish the same thing twice.
 * <p>
 * Payloads as for {@link NatsOperations}. All methods throw
 * {@link IllegalArgumentException} for a subject that can't be used and
 * {@link org.springframework.messaging.converter.MessageConversionException} for a
 * payload that can't be converted.
 */
public interface JetStreamOperations {

	/**
	 * Publish a message and wait until the stream has stored it.
	 * @param subject the subject, without wildcards, of a stream
	 * @param payload the payload, or {@code null} for an empty body
	 * @return where it is stored
	 * @throws NatsPublishException when that wasn't confirmed, after all attempts
	 */
	default PublishAck publish(String subject, @Nullable Object payload) {
		return publish(subject, payload, (Headers) null);
	}

	/**
	 * Publish a message with headers and wait until the stream has stored it.
	 * @param subject the subject, without wildcards, of a stream
	 * @param payload the payload, or {@code null} for an empty body
	 * @param headers names and values, for example {@code Nats-Msg-Id} and
	 * {@code Nats-Expected-Stream}; a collection becomes several values, everything else
	 * its text. Spring's {@code MessageHeaders} are taken as a Spring {@code Message}
	 * brings them
	 * @return where it is stored
	 * @throws NatsPublishException when that wasn't confirmed, after all attempts
	 */
	PublishAck publish(String subject, @Nullable Object payload, Map<String, ?> headers);

	/**
	 * Publish a message with headers and wait until the stream has stored it.
	 * @param subject the subject, without wildcards, of a stream
	 * @param payload the payload, or {@code null} for an empty body
	 * @param headers the headers, which aren't changed, or {@code null} for none
	 * @return where it is stored
	 * @throws NatsPublishException when that wasn't confirmed, after all attempts
	 */
	PublishAck publish(String subject, @Nullable Object payload, @Nullable Headers headers);

	/**
	 * Publish a message without waiting for the confirmation. At most
	 * {@code nats.template.publish-window} messages are unconfirmed at a time; when there
	 * are so many this method waits for a place, as long as
	 * {@code nats.template.publish-timeout} says, and then the future fails.
	 * <p>
	 * Messages of one thread are stored in their order as long as none has to be tried
	 * again.
	 * @param subject the subject, without wildcards, of a stream
	 * @param payload the payload, or {@code null} for an empty body
	 * @return where it is stored, or {@link NatsPublishException} when that wasn't
	 * confirmed after all attempts. What depends on the future may block: it runs on a
	 * thread of its own, not of the client
	 */
	default CompletableFuture<PublishAck> publishAsync(String subject, @Nullable Object payload) {
		return publishAsync(subject, payload, (Headers) null);
	}

	/**
	 * Publish a message with headers without waiting for the confirmation.
	 * @param subject the subject, without wildcards, of a stream
	 * @param payload the payload, or {@code null} for an empty body
	 * @param headers names and values
	 * @return where it is stored, or {@link NatsPublishException}
	 * @see #publishAsync(String, Object)
	 */
	CompletableFuture<PublishAck> publishAsync(String subject, @Nullable Object payload, Map<String, ?> headers);

	/**
	 * Publish a message with headers without waiting for the confirmation.
	 * @param subject the subject, without wildcards, of a stream
	 * @param payload the payload, or {@code null} for an empty body
	 * @param headers the headers, which aren't changed, or {@code null} for none
	 * @return where it is stored, or {@link NatsPublishException}
	 * @see #publishAsync(String, Object)
	 */
	CompletableFuture<PublishAck> publishAsync(String subject, @Nullable Object payload, @Nullable Headers headers);

}

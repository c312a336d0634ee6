package dev.natsboot.core;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.connection.NatsNotConnectedException;
import dev.natsboot.convert.EncodedPayload;
import dev.natsboot.convert.NatsHeaders;
import dev.natsboot.convert.NatsMessageHeaders;
import dev.natsboot.convert.NatsMessageMapper;
import dev.natsboot.convert.PayloadConverter;
import dev.natsboot.convert.PayloadReader;
import dev.natsboot.observation.NatsMetrics;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.Assert;

/**
 * Publishing, requesting and receiving with core NATS. Thread-safe once it is configured.
 */
public class NatsTemplate implements NatsOperations {

	private final NatsConnectionManager connections;

	private final PayloadConverter converter;

	private final NatsCallbackExecutor callbacks;

	private final Map<Type, PayloadReader> readers = new ConcurrentHashMap<>();

	private Duration requestTimeout = Duration.ofSeconds(5);

	private NatsMetrics metrics = NatsMetrics.NONE;

	/**
	 * Create a template.
	 * @param connections the connection to use
	 * @param converter converts payloads
	 * @param callbacks where futures complete
	 */
	public NatsTemplate(NatsConnectionManager connections, PayloadConverter converter, NatsCallbackExecutor callbacks) {
		this.connections = connections;
		this.converter = converter;
		this.callbacks = callbacks;
	}

	/**
	 * How long requests wait for a reply when the caller doesn't say. 5 seconds unless
	 * set.
	 * @param requestTimeout the timeout, above zero
	 */
	public void setRequestTimeout(Duration requestTimeout) {
		Assert.isTrue(!requestTimeout.isNegative() && !requestTimeout.isZero(),
				() -> "nats.template.request-timeout must be above zero, for example 5s, not " + requestTimeout);
		this.requestTimeout = requestTimeout;
	}

	/**
	 * Where published messages are counted. Nowhere unless set.
	 * @param metrics counts published messages
	 */
	public void setMetrics(NatsMetrics metrics) {
		this.metrics = metrics;
	}

	@Override
	public void publish(String subject, @Nullable Object payload, Map<String, ?> headers) {
		publishEncoded(subject, payload, NatsMessageMapper.toNatsHeaders(headers));
	}

	@Override
	public void publish(String subject, @Nullable Object payload, @Nullable Headers headers) {
		publishEncoded(subject, payload, (headers != null) ? new Headers(headers) : null);
	}

	private void publishEncoded(String subject, @Nullable Object payload, @Nullable Headers headers) {
		NatsSubjects.requirePublishable(subject);
		EncodedPayload encoded = this.converter.encode(payload, headers);
		try {
			this.connections.current().publish(subject, encoded.headers(), encoded.data());
			this.metrics.published(subject, false);
		}
		catch (NatsNotConnectedException ex) {
			this.metrics.published(subject, true);
			throw ex;
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			this.metrics.published(subject, true);
			throw new NatsException("Publishing to subject '" + subject + "' failed: " + ex.getMessage(), ex);
		}
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> @Nullable T request(String subject, @Nullable Object payload, @Nullable Map<String, ?> headers,
			ParameterizedTypeReference<T> replyType, @Nullable Duration timeout) {
		Duration limit = (timeout != null) ? requirePositive(timeout) : this.requestTimeout;
		PayloadReader reader = reader(replyType.getType());
		NatsSubjects.requirePublishable(subject);
		EncodedPayload encoded = this.converter.encode(payload, NatsMessageMapper.toNatsHeaders(headers));
		CompletableFuture<Message> reply = send(subject, encoded, limit);
		return (T) read(Replies.await(reply, subject, limit), subject, reader);
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> CompletableFuture<@Nullable T> requestAsync(String subject, @Nullable Object payload,
			@Nullable Map<String, ?> headers, ParameterizedTypeReference<T> replyType, @Nullable Duration timeout) {
		Duration limit = (timeout != null) ? requirePositive(timeout) : this.requestTimeout;
		PayloadReader reader = reader(replyType.getType());
		NatsSubjects.requirePublishable(subject);
		EncodedPayload encoded = this.converter.encode(payload, NatsMessageMapper.toNatsHeaders(headers));
		CompletableFuture<@Nullable T> result = new CompletableFuture<>();
		try {
			send(subject, encoded, limit).orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS)
				.whenCompleteAsync((reply, failure) -> complete(result, () -> {
					if (failure != null) {
						throw Replies.translate(failure, subject, limit);
					}
					return (T) read(Replies.requireResponder(reply, subject), subject, reader);
				}), this.callbacks::execute);
		}
		catch (NatsException | NatsNotConnectedException ex) {
			result.completeExceptionally(ex);
		}
		return result;
	}

	private CompletableFuture<Message> send(String subject, EncodedPayload encoded, Duration timeout) {
		try {
			CompletableFuture<Message> reply = this.connections.current()
				.requestWithTimeout(subject, encoded.headers(), encoded.data(), timeout);
			this.metrics.published(subject, false);
			return reply;
		}
		catch (NatsNotConnectedException ex) {
			this.metrics.published(subject, true);
			throw ex;
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			this.metrics.published(subject, true);
			throw new NatsException("The request on subject '" + subject + "' failed: " + ex.getMessage(), ex);
		}
	}

	private @Nullable Object read(Message reply, String subject, PayloadReader reader) {
		NatsMessageHeaders headers = new NatsMessageHeaders(reply);
		String code = headers.header(NatsHeaders.SERVICE_ERROR_CODE);
		String error = headers.header(NatsHeaders.SERVICE_ERROR);
		if (code != null || error != null) {
			throw serviceError(reply, subject, code, (error != null) ? error : "");
		}
		return reader.read(reply);
	}

	private NatsServiceErrorException serviceError(Message reply, String subject, @Nullable String code, String error) {
		return new NatsServiceErrorException(
				"The request on subject '" + subject + "' was answered with error " + code + ": " + error, parse(code),
				error, reply.getData(), (type) -> reader(type).read(reply));
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> @Nullable T receive(String subject, ParameterizedTypeReference<T> type, Duration timeout) {
		requirePositive(timeout);
		NatsSubjects.requireSubscribable(subject);
		PayloadReader reader = reader(type.getType());
		Connection connection = this.connections.current();
		Message message = SingleMessage.receive(connection, subject, timeout);
		return (message != null) ? (T) reader.read(message) : null;
	}

	private PayloadReader reader(Type type) {
		return this.readers.computeIfAbsent(type, this.converter::readerFor);
	}

	private static <T> void complete(CompletableFuture<@Nullable T> future, Outcome<T> outcome) {
		try {
			future.complete(outcome.get());
		}
		catch (Throwable ex) {
			future.completeExceptionally(ex);
		}
	}

	private static int parse(@Nullable String code) {
		try {
			return (code != null) ? Integer.parseInt(code.trim()) : 0;
		}
		catch (NumberFormatException ex) {
			return 0;
		}
	}

	private static Duration requirePositive(Duration timeout) {
		Assert.isTrue(!timeout.isNegative() && !timeout.isZero(),
				() -> "The timeout must be above zero, for example Duration.ofSeconds(5), not " + timeout);
		return timeout;
	}

	@FunctionalInterface
	private interface Outcome<T> {

		@Nullable T get();

	}

}

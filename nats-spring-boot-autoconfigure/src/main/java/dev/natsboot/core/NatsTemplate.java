package dev.natsboot.core;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.connection.NatsNotConnectedException;
import dev.natsboot.connection.ReplyCallbacks;
import dev.natsboot.convert.EncodedPayload;
import dev.natsboot.convert.NatsHeaders;
import dev.natsboot.convert.NatsMessageHeaders;
import dev.natsboot.convert.NatsMessageMapper;
import dev.natsboot.convert.PayloadConverter;
import dev.natsboot.convert.PayloadReader;
import dev.natsboot.observation.NatsMetrics;
import dev.natsboot.observation.NatsObservations;
import dev.natsboot.observation.NatsRequestObservationContext;
import io.micrometer.observation.Observation;
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

	private final ReplyCallbacks callbacks;

	private final PublishedSubjects subjects = new PublishedSubjects();

	private final Map<Type, PayloadReader> readers = new ConcurrentHashMap<>();

	private Duration requestTimeout = Duration.ofSeconds(5);

	private NatsMetrics metrics = NatsMetrics.NONE;

	private NatsObservations observations = NatsObservations.NONE;

	/**
	 * Create a template.
	 * @param connections the connection to use
	 * @param converter converts payloads
	 * @param callbacks where futures complete
	 */
	public NatsTemplate(NatsConnectionManager connections, PayloadConverter converter, NatsExecutor callbacks) {
		this.connections = connections;
		this.converter = converter;
		this.callbacks = new ReplyCallbacks(callbacks::execute, callbacks.isOrdinary());
	}

	/**
	 * How long requests wait for a reply when the caller doesn't say. 5 seconds unless
	 * set.
	 * @param requestTimeout the timeout, above zero
	 */
	public void setRequestTimeout(Duration requestTimeout) {
		Assert.isTrue(!requestTimeout.isNegative() && !requestTimeout.isZero(),
				() -> "nats.template.request-timeout must be above zero, for example 5s, not "
						+ Durations.text(requestTimeout));
		this.requestTimeout = requestTimeout;
	}

	/**
	 * Where published messages are counted. Nowhere unless set.
	 * @param metrics counts published messages
	 */
	public void setMetrics(NatsMetrics metrics) {
		this.metrics = metrics;
	}

	/**
	 * What observes publishing and requests. Nothing unless set.
	 * @param observations makes observations
	 */
	public void setObservations(NatsObservations observations) {
		this.observations = observations;
	}

	@Override
	public void publish(String subject, @Nullable Object payload, Map<String, ?> headers) {
		publishEncoded(subject, payload, NatsMessageMapper.toNatsHeaders(headers));
	}

	@Override
	public void publish(String subject, @Nullable Object payload, @Nullable Headers headers) {
		publishEncoded(subject, payload, NatsMessageMapper.copy(headers));
	}

	private void publishEncoded(String subject, @Nullable Object payload, @Nullable Headers headers) {
		this.subjects.require(subject);
		EncodedPayload encoded = traceable(this.converter.encode(payload, headers));
		Observation observation = this.observations.publish(subject, encoded.headers(), encoded.data().length);
		try {
			this.connections.publish(subject, encoded.headers(), encoded.data());
			this.metrics.published(subject, false);
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			this.metrics.published(subject, true);
			observation.error(ex);
			throw explain("Publishing to subject '" + subject + "' failed: ", ex);
		}
		finally {
			observation.stop();
		}
	}

	/**
	 * With headers of its own, to which a trace can be added.
	 */
	private EncodedPayload traceable(EncodedPayload encoded) {
		return this.observations.isNoop() ? encoded
				: new EncodedPayload(encoded.data(), new OwnHeaders(encoded.headers()));
	}

	private static RuntimeException explain(String what, RuntimeException failure) {
		return (failure instanceof NatsNotConnectedException) ? failure
				: new NatsException(what + failure.getMessage(), failure);
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> @Nullable T request(String subject, @Nullable Object payload, @Nullable Map<String, ?> headers,
			ParameterizedTypeReference<T> replyType, @Nullable Duration timeout) {
		Duration limit = (timeout != null) ? requirePositive(timeout) : this.requestTimeout;
		PayloadReader reader = reader(replyType.getType());
		EncodedPayload encoded = encodeRequest(subject, payload, headers);
		Observation observation = this.observations.request(subject, encoded.headers(), encoded.data().length);
		try {
			Message reply = Replies.await(send(subject, encoded, limit, null), subject, limit);
			return (T) read(reply, subject, reader, observation);
		}
		catch (RuntimeException ex) {
			observation.error(ex);
			throw ex;
		}
		finally {
			observation.stop();
		}
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> CompletableFuture<@Nullable T> requestAsync(String subject, @Nullable Object payload,
			@Nullable Map<String, ?> headers, ParameterizedTypeReference<T> replyType, @Nullable Duration timeout) {
		Duration limit = (timeout != null) ? requirePositive(timeout) : this.requestTimeout;
		PayloadReader reader = reader(replyType.getType());
		EncodedPayload encoded = encodeRequest(subject, payload, headers);
		Observation observation = this.observations.request(subject, encoded.headers(), encoded.data().length);
		CompletableFuture<@Nullable T> result = new CompletableFuture<>();
		try {
			send(subject, encoded, limit, this.callbacks)
				.whenComplete((reply, failure) -> complete(result, observation, () -> {
					if (failure != null) {
						throw Replies.translate(failure, subject, limit);
					}
					return (T) read(Replies.requireResponder(reply, subject), subject, reader, observation);
				}));
		}
		catch (NatsException | NatsNotConnectedException ex) {
			fail(result, observation, ex);
		}
		return result;
	}

	private EncodedPayload encodeRequest(String subject, @Nullable Object payload, @Nullable Map<String, ?> headers) {
		this.subjects.require(subject);
		return traceable(this.converter.encode(payload, NatsMessageMapper.toNatsHeaders(headers)));
	}

	private CompletableFuture<Message> send(String subject, EncodedPayload encoded, Duration timeout,
			@Nullable ReplyCallbacks callbacks) {
		try {
			CompletableFuture<Message> reply = this.connections.request(subject, encoded.headers(), encoded.data(),
					timeout, callbacks);
			this.metrics.published(subject, false);
			return reply;
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			this.metrics.published(subject, true);
			throw explain("The request on subject '" + subject + "' failed: ", ex);
		}
	}

	private @Nullable Object read(Message reply, String subject, PayloadReader reader, Observation observation) {
		if (observation.getContext() instanceof NatsRequestObservationContext context) {
			context.setResponse(reply);
		}
		if (!reply.hasHeaders()) {
			return reader.read(reply);
		}
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
		PayloadReader known = this.readers.get(type);
		return (known != null) ? known : this.readers.computeIfAbsent(type, this.converter::readerFor);
	}

	private static <T> void complete(CompletableFuture<@Nullable T> future, Observation observation,
			Outcome<T> outcome) {
		@Nullable T value;
		try {
			value = outcome.get();
		}
		catch (Throwable ex) {
			fail(future, observation, ex);
			return;
		}
		Observers.tell((none) -> observation.stop(), null);
		future.complete(value);
	}

	private static void fail(CompletableFuture<?> future, Observation observation, Throwable failure) {
		Observers.tell((ex) -> {
			observation.error(failure);
			observation.stop();
		}, failure);
		future.completeExceptionally(failure);
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

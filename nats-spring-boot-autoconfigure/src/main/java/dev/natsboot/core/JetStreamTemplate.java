package dev.natsboot.core;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.connection.NatsNotConnectedException;
import dev.natsboot.connection.ReplyCallbacks;
import dev.natsboot.convert.EncodedPayload;
import dev.natsboot.convert.NatsHeaders;
import dev.natsboot.convert.NatsMessageMapper;
import dev.natsboot.convert.PayloadConverter;
import dev.natsboot.observation.NatsMetrics;
import dev.natsboot.observation.NatsObservations;
import io.micrometer.observation.Observation;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

import org.springframework.util.AlternativeJdkIdGenerator;
import org.springframework.util.Assert;
import org.springframework.util.IdGenerator;
import org.springframework.util.StringUtils;

/**
 * Publishing to streams, confirmed by the server. Thread-safe once it is configured.
 */
public class JetStreamTemplate implements JetStreamOperations {

	private final NatsConnectionManager connections;

	private final PublishedSubjects subjects = new PublishedSubjects();

	private final PayloadConverter converter;

	private final ReplyCallbacks callbacks;

	private final BiFunction<OutgoingMessage, ReplyCallbacks, CompletableFuture<Message>> sender = this::send;

	private Duration publishTimeout = Duration.ofSeconds(5);

	private int publishAttempts = 3;

	private Duration publishRetryWait = Duration.ofMillis(250);

	private PublishWindow window = new PublishWindow(1000);

	private NatsMetrics metrics = NatsMetrics.NONE;

	private NatsObservations observations = NatsObservations.NONE;

	private @Nullable IdGenerator messageIdGenerator = new AlternativeJdkIdGenerator();

	/**
	 * Create a template.
	 * @param connections the connection to use
	 * @param converter converts payloads
	 * @param callbacks where futures complete
	 */
	public JetStreamTemplate(NatsConnectionManager connections, PayloadConverter converter, NatsExecutor callbacks) {
		this.connections = connections;
		this.converter = converter;
		this.callbacks = new ReplyCallbacks(callbacks::execute, callbacks.isOrdinary());
	}

	/**
	 * How long one attempt waits for the confirmation. 5 seconds unless set.
	 * @param publishTimeout the timeout, above zero
	 */
	public void setPublishTimeout(Duration publishTimeout) {
		Assert.isTrue(!publishTimeout.isNegative() && !publishTimeout.isZero(),
				() -> "nats.template.publish-timeout must be above zero, for example 5s, not "
						+ Durations.text(publishTimeout));
		this.publishTimeout = publishTimeout;
	}

	/**
	 * How many times a message is sent at most while no stream answers. 3 unless set.
	 * @param publishAttempts the number of attempts, at least 1
	 */
	public void setPublishAttempts(int publishAttempts) {
		Assert.isTrue(publishAttempts > 0,
				() -> "nats.template.publish-attempts must be at least 1, for example 3, not " + publishAttempts);
		this.publishAttempts = publishAttempts;
	}

	/**
	 * How long to wait between two attempts. 250 milliseconds unless set.
	 * @param publishRetryWait the time, zero or more
	 */
	public void setPublishRetryWait(Duration publishRetryWait) {
		Assert.isTrue(!publishRetryWait.isNegative(),
				() -> "nats.template.publish-retry-wait must not be negative, for example 250ms, not "
						+ publishRetryWait);
		this.publishRetryWait = publishRetryWait;
	}

	/**
	 * How many messages of {@code publishAsync} may be unconfirmed at a time. 1000 unless
	 * set.
	 * @param publishWindow the number of messages, at least 1
	 */
	public void setPublishWindow(int publishWindow) {
		Assert.isTrue(publishWindow > 0,
				() -> "nats.template.publish-window must be at least 1, for example 1000, not " + publishWindow);
		this.window = new PublishWindow(publishWindow);
	}

	/**
	 * Where published messages are counted. Nowhere unless set.
	 * @param metrics counts published messages
	 */
	public void setMetrics(NatsMetrics metrics) {
		this.metrics = metrics;
	}

	/**
	 * What observes publishing. Nothing unless set.
	 * @param observations makes observations
	 */
	public void setObservations(NatsObservations observations) {
		this.observations = observations;
	}

	/**
	 * What makes the identity of messages that are given none. Random UUIDs unless set.
	 * @param messageIdGenerator makes identities, {@code null} for messages without: the
	 * server has less to do, and what isn't confirmed in time isn't sent again, as it
	 * could be stored twice
	 */
	public void setMessageIdGenerator(@Nullable IdGenerator messageIdGenerator) {
		this.messageIdGenerator = messageIdGenerator;
	}

	@Override
	public PublishAck publish(String subject, @Nullable Object payload, Map<String, ?> headers) {
		return publish(prepare(subject, payload, NatsMessageMapper.toNatsHeaders(headers)));
	}

	@Override
	public PublishAck publish(String subject, @Nullable Object payload, @Nullable Headers headers) {
		return publish(prepare(subject, payload, NatsMessageMapper.copy(headers)));
	}

	@Override
	public CompletableFuture<PublishAck> publishAsync(String subject, @Nullable Object payload,
			Map<String, ?> headers) {
		return publishAsync(prepare(subject, payload, NatsMessageMapper.toNatsHeaders(headers)));
	}

	@Override
	public CompletableFuture<PublishAck> publishAsync(String subject, @Nullable Object payload,
			@Nullable Headers headers) {
		return publishAsync(prepare(subject, payload, NatsMessageMapper.copy(headers)));
	}

	/**
	 * With headers of its own if something is added to them.
	 * @param own the headers to send, which the caller of this template can't change
	 */
	private OutgoingMessage prepare(String subject, @Nullable Object payload, @Nullable Headers own) {
		this.subjects.require(subject);
		EncodedPayload encoded = this.converter.encode(payload, own);
		Headers sent = encoded.headers();
		String messageId = messageId(sent);
		if (messageId == null && this.messageIdGenerator != null) {
			messageId = this.messageIdGenerator.generateId().toString();
			sent = new OwnHeaders(sent).put(NatsHeaders.MESSAGE_ID, messageId);
		}
		else if (!this.observations.isNoop()) {
			sent = new OwnHeaders(sent);
		}
		return new OutgoingMessage(subject, sent, encoded.data(), messageId);
	}

	/**
	 * The server ignores an id without text.
	 */
	private static @Nullable String messageId(@Nullable Headers headers) {
		String given = (headers != null) ? headers.getFirst(NatsHeaders.MESSAGE_ID) : null;
		return StringUtils.hasText(given) ? given : null;
	}

	private PublishAck publish(OutgoingMessage message) {
		Observation observation = observe(message);
		try {
			PublishAck ack = publishRepeatedly(message);
			this.metrics.published(message.subject(), false);
			return ack;
		}
		catch (RuntimeException ex) {
			this.metrics.published(message.subject(), true);
			observation.error(ex);
			throw ex;
		}
		finally {
			observation.stop();
		}
	}

	private PublishAck publishRepeatedly(OutgoingMessage message) {
		for (int attempt = 1;; attempt++) {
			try {
				return attempt(message);
			}
			catch (NatsException | NatsNotConnectedException | IOException | JetStreamApiException ex) {
				if (attempt >= this.publishAttempts || !PublishFailures.isTransient(message, ex)) {
					throw PublishFailures.explain(message, ex, this.publishTimeout);
				}
				pause(message);
			}
		}
	}

	private Observation observe(OutgoingMessage message) {
		return this.observations.publish(message.subject(), message.headers(), message.data().length);
	}

	private PublishAck attempt(OutgoingMessage message) throws IOException, JetStreamApiException {
		return PublishFailures.readAck(Replies.await(send(message, null), message.subject(), this.publishTimeout));
	}

	private CompletableFuture<Message> send(OutgoingMessage message, @Nullable ReplyCallbacks callbacks) {
		requireFeatures(message);
		try {
			return this.connections.request(message.subject(), message.headers(), message.data(), this.publishTimeout,
					callbacks);
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			throw PublishFailures.explain(message, ex, this.publishTimeout);
		}
	}

	/**
	 * A message that has no more than its id asks for nothing.
	 */
	private void requireFeatures(OutgoingMessage message) {
		Headers headers = message.headers();
		if (headers != null && headers.size() > ((message.messageId() != null) ? 1 : 0)) {
			String missing = ServerFeatures.missing(headers, this.connections.current().getServerInfo());
			if (missing != null) {
				throw new NatsPublishException(message.subject(), message.messageId(), 0, missing, null);
			}
		}
	}

	private CompletableFuture<PublishAck> publishAsync(OutgoingMessage message) {
		Observation observation = observe(message);
		if (!this.window.enter(this.publishTimeout)) {
			NatsPublishException failure = Thread.currentThread().isInterrupted() ? interrupted(message)
					: windowIsFull(message);
			Observers.tell((ex) -> finish(message, observation, ex), failure);
			return CompletableFuture.failedFuture(failure);
		}
		return new AsyncPublish(message, this.sender, this.callbacks, this.publishTimeout, this.publishAttempts,
				this.publishRetryWait, (failure) -> {
					this.window.leave();
					finish(message, observation, failure);
				})
			.start();
	}

	private void finish(OutgoingMessage message, Observation observation, @Nullable Throwable failure) {
		this.metrics.published(message.subject(), failure != null);
		if (failure != null) {
			observation.error(failure);
		}
		observation.stop();
	}

	private NatsPublishException windowIsFull(OutgoingMessage message) {
		return new NatsPublishException(message.subject(), message.messageId(), 0,
				"it got no place in the window of unconfirmed messages within " + this.publishTimeout.toMillis()
						+ " ms; publish slower, or raise nats.template.publish-window (now " + this.window.size() + ")",
				null);
	}

	private static NatsPublishException interrupted(OutgoingMessage message) {
		return new NatsPublishException(message.subject(), message.messageId(), 0,
				"the thread was interrupted while it waited for a place in the window of unconfirmed messages", null);
	}

	private void pause(OutgoingMessage message) {
		try {
			Thread.sleep(this.publishRetryWait.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw PublishFailures.explain(message, ex, this.publishTimeout);
		}
	}

}

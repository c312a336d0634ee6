package dev.natsboot.core;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.connection.NatsNotConnectedException;
import dev.natsboot.convert.EncodedPayload;
import dev.natsboot.convert.NatsHeaders;
import dev.natsboot.convert.NatsMessageMapper;
import dev.natsboot.convert.PayloadConverter;
import dev.natsboot.observation.NatsMetrics;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

import org.springframework.util.AlternativeJdkIdGenerator;
import org.springframework.util.Assert;
import org.springframework.util.IdGenerator;

/**
 * Publishing to streams, confirmed by the server. Thread-safe once it is configured.
 */
public class JetStreamTemplate implements JetStreamOperations {

	private final NatsConnectionManager connections;

	private final PayloadConverter converter;

	private final NatsCallbackExecutor callbacks;

	private Duration publishTimeout = Duration.ofSeconds(5);

	private int publishAttempts = 3;

	private Duration publishRetryWait = Duration.ofMillis(250);

	private PublishWindow window = new PublishWindow(1000);

	private NatsMetrics metrics = NatsMetrics.NONE;

	private IdGenerator messageIdGenerator = new AlternativeJdkIdGenerator();

	/**
	 * Create a template.
	 * @param connections the connection to use
	 * @param converter converts payloads
	 * @param callbacks where futures complete
	 */
	public JetStreamTemplate(NatsConnectionManager connections, PayloadConverter converter,
			NatsCallbackExecutor callbacks) {
		this.connections = connections;
		this.converter = converter;
		this.callbacks = callbacks;
	}

	/**
	 * How long one attempt waits for the confirmation. 5 seconds unless set.
	 * @param publishTimeout the timeout, above zero
	 */
	public void setPublishTimeout(Duration publishTimeout) {
		Assert.isTrue(!publishTimeout.isNegative() && !publishTimeout.isZero(),
				() -> "nats.template.publish-timeout must be above zero, for example 5s, not " + publishTimeout);
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
	 * What makes the identity of messages that are given none. Random UUIDs unless set.
	 * @param messageIdGenerator makes identities
	 */
	public void setMessageIdGenerator(IdGenerator messageIdGenerator) {
		this.messageIdGenerator = messageIdGenerator;
	}

	@Override
	public PublishAck publish(String subject, @Nullable Object payload, Map<String, ?> headers) {
		return publish(prepare(subject, payload, NatsMessageMapper.toNatsHeaders(headers)));
	}

	@Override
	public PublishAck publish(String subject, @Nullable Object payload, @Nullable Headers headers) {
		return publish(prepare(subject, payload, headers));
	}

	@Override
	public CompletableFuture<PublishAck> publishAsync(String subject, @Nullable Object payload,
			Map<String, ?> headers) {
		return publishAsync(prepare(subject, payload, NatsMessageMapper.toNatsHeaders(headers)));
	}

	@Override
	public CompletableFuture<PublishAck> publishAsync(String subject, @Nullable Object payload,
			@Nullable Headers headers) {
		return publishAsync(prepare(subject, payload, headers));
	}

	private OutgoingMessage prepare(String subject, @Nullable Object payload, @Nullable Headers headers) {
		NatsSubjects.requirePublishable(subject);
		EncodedPayload encoded = this.converter.encode(payload, headers);
		Headers sent = new Headers(encoded.headers());
		String messageId = sent.getFirst(NatsHeaders.MESSAGE_ID);
		if (messageId == null) {
			messageId = this.messageIdGenerator.generateId().toString();
			sent.put(NatsHeaders.MESSAGE_ID, messageId);
		}
		return new OutgoingMessage(subject, sent, encoded.data(), messageId);
	}

	private PublishAck publish(OutgoingMessage message) {
		for (int attempt = 1;; attempt++) {
			try {
				PublishAck ack = attempt(message);
				this.metrics.published(message.subject(), false);
				return ack;
			}
			catch (NatsException | NatsNotConnectedException | IOException | JetStreamApiException ex) {
				if (attempt >= this.publishAttempts || !PublishFailures.isTransient(ex)) {
					throw failed(message, ex);
				}
				pause(message);
			}
		}
	}

	private PublishAck attempt(OutgoingMessage message) throws IOException, JetStreamApiException {
		return PublishFailures.readAck(Replies.await(send(message), message.subject(), this.publishTimeout));
	}

	private CompletableFuture<Message> send(OutgoingMessage message) {
		try {
			return this.connections.current()
				.requestWithTimeout(message.subject(), message.headers(), message.data(), this.publishTimeout);
		}
		catch (NatsNotConnectedException ex) {
			throw ex;
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			throw PublishFailures.explain(message, ex, this.publishTimeout);
		}
	}

	private CompletableFuture<PublishAck> publishAsync(OutgoingMessage message) {
		AsyncPublish publish = new AsyncPublish(message, this::send, this.callbacks, this.publishTimeout,
				this.publishAttempts, this.publishRetryWait);
		if (!this.window.enter(this.publishTimeout)) {
			this.metrics.published(message.subject(), true);
			return CompletableFuture.failedFuture(new NatsPublishException(message.subject(), message.messageId(), 0,
					"the window of unconfirmed messages stayed full for " + this.publishTimeout.toMillis()
							+ " ms; publish slower, or raise nats.template.publish-window (now " + this.window.size()
							+ ")",
					null));
		}
		return publish.start((failed) -> {
			this.window.leave();
			this.metrics.published(message.subject(), failed);
		});
	}

	private RuntimeException failed(OutgoingMessage message, Exception failure) {
		this.metrics.published(message.subject(), true);
		if (failure instanceof NatsPublishException || failure instanceof NatsNotConnectedException) {
			return (RuntimeException) failure;
		}
		return PublishFailures.explain(message, failure, this.publishTimeout);
	}

	private void pause(OutgoingMessage message) {
		try {
			Thread.sleep(this.publishRetryWait.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failed(message, ex);
		}
	}

}

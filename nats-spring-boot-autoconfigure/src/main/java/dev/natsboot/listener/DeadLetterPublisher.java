package dev.natsboot.listener;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.natsboot.core.PublishAcks;
import dev.natsboot.observation.NatsMetrics;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.Message;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Publishes dead letters through JetStream and waits for the server to confirm that they
 * are stored.
 */
public final class DeadLetterPublisher {

	private static final Log logger = LogFactory.getLog(DeadLetterPublisher.class);

	private static final Duration CONFIRMATION = Duration.ofSeconds(2);

	/** The server's code for more than the stream's limit. */
	private static final int TOO_LARGE = 10054;

	private static final byte[] TERM = "+TERM".getBytes(StandardCharsets.US_ASCII);

	private final Connection connection;

	private final JetStream jetStream;

	private final @Nullable String template;

	private final NatsMetrics metrics;

	private final AtomicBoolean reported = new AtomicBoolean();

	DeadLetterPublisher(Connection connection, ListenerServices services, @Nullable String template)
			throws IOException {
		this(connection, services.jetStreamOptions(), services.natsMetrics(), template);
	}

	/**
	 * Create a publisher.
	 * @param connection a connection that is up
	 * @param options the domain or prefix of the JetStream API
	 * @param metrics where published messages are counted
	 * @param template the subject of the dead letters, as for
	 * {@link DeadLetterContent#subject(String)}, or {@code null} for none
	 * @throws IOException when the connection was closed
	 */
	public DeadLetterPublisher(Connection connection, JetStreamOptions options, NatsMetrics metrics,
			@Nullable String template) throws IOException {
		this.connection = connection;
		this.jetStream = connection.jetStream(options);
		this.template = template;
		this.metrics = metrics;
	}

	/**
	 * Whether there is somewhere to publish to.
	 */
	boolean isPossible(ListenerFailure failure) {
		if (this.template == null && this.reported.compareAndSet(false, true)) {
			logger.error("Listener '" + failure.endpoint().id() + "' gives up messages and has no dead-letter subject: "
					+ "they stay in stream '" + failure.endpoint().stream() + "', unless it is a work queue, or has "
					+ "retention 'interest' and no other consumer needs them. "
					+ "Set 'deadLetterSubject' or the property 'nats.listener.dead-letter-subject', "
					+ "for example \"orders.dlq\"");
		}
		return this.template != null;
	}

	/**
	 * Whether the message would be published to where it came from, or is a dead letter
	 * of this listener that has come to it.
	 */
	boolean isCircular(ListenerFailure failure) {
		return this.template != null && DeadLetterContent.of(failure).isCircular(this.template);
	}

	void publish(ListenerFailure failure) throws IOException, JetStreamApiException {
		publish(DeadLetterContent.of(failure));
	}

	/**
	 * Publish, and return when the server has stored the message. Headers are left out
	 * where the message is too large with them.
	 * @param content what to publish
	 * @return whether it wasn't there before
	 * @throws IOException when no stream captures the subject, or the server doesn't
	 * answer
	 * @throws JetStreamApiException when the server refuses the message
	 * @throws IllegalStateException when there is no dead-letter subject
	 */
	public boolean publish(DeadLetterContent content) throws IOException, JetStreamApiException {
		if (this.template == null) {
			throw new IllegalStateException("No dead-letter subject");
		}
		String subject = content.subject(this.template);
		PublishAck ack = publish(subject, content.allHeaders(), content);
		if (ack == null) {
			ack = publish(subject, content.fewHeaders(), content);
		}
		if (ack == null) {
			ack = PublishAcks.requireStored(this.jetStream.publish(subject, content.data()));
		}
		this.metrics.published(subject, false);
		return !ack.isDuplicate();
	}

	/**
	 * Publish when the server has room for these headers.
	 * @return {@code null} when it hasn't
	 */
	private @Nullable PublishAck publish(String subject, Headers headers, DeadLetterContent content)
			throws IOException, JetStreamApiException {
		byte[] data = content.data();
		try {
			if (headers.serializedLength() + data.length <= this.connection.getMaxPayload()) {
				return PublishAcks.requireStored(this.jetStream.publish(subject, headers, data));
			}
		}
		catch (JetStreamApiException ex) {
			if (ex.getApiErrorCode() != TOO_LARGE) {
				throw ex;
			}
		}
		logger.warn("The dead letter of listener '" + content.listener() + "' is too large with its headers ("
				+ headers.serializedLength() + " bytes, " + data.length + " of data): leaving some out");
		return null;
	}

	/**
	 * Terminate with confirmation. When none comes the message is delivered again, and
	 * its dead letter is dropped as a duplicate. Without a reason, as nats-server 2.9
	 * ignores a termination with one.
	 */
	void terminate(Message message) {
		try {
			if (this.connection.request(message.getReplyTo(), TERM, CONFIRMATION) == null) {
				logger.debug("The termination of a message of '" + message.getSubject() + "' was not confirmed");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}

package dev.natsboot.deadletter;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.listener.DeadLetterContent;
import dev.natsboot.listener.DeadLetterPublisher;
import dev.natsboot.listener.DeliveriesExhaustedException;
import dev.natsboot.observation.NatsMetrics;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.Message;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StreamInfo;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes a dead letter of a message that the server no longer delivers. It has the id that
 * the listener's own dead letter of the message has, so that there is one of them.
 */
final class ParkedMessages {

	private static final Log logger = LogFactory.getLog(ParkedMessages.class);

	private static final int STREAM_NOT_FOUND = 10059;

	private final FollowedConsumer followed;

	private final NatsConnectionManager connections;

	private final JetStreamOptions options;

	private final NatsMetrics metrics;

	ParkedMessages(FollowedConsumer followed, NatsConnectionManager connections, JetStreamOptions options,
			NatsMetrics metrics) {
		this.followed = followed;
		this.connections = connections;
		this.options = options;
		this.metrics = metrics;
	}

	/**
	 * Move what an advisory tells of.
	 * @throws Exception when it has to be tried again
	 */
	void move(Message message) throws Exception {
		MaxDeliveriesAdvisory advisory = MaxDeliveriesAdvisory.parse(message.getData());
		if (advisory == null) {
			logger.warn("Not an advisory of deliveries that are used up: a message of '" + message.getSubject() + "'");
			return;
		}
		Connection connection = this.connections.current();
		StoredMessages messages = new StoredMessages(connection, this.options);
		StoredMessage parked = find(messages, advisory);
		if (parked == null || advisory.isOlderThan(parked.time())) {
			logger.info("Message " + advisory.sequence() + " of stream '" + advisory.stream() + "', whose deliveries "
					+ "to consumer '" + advisory.consumer() + "' are used up, is gone");
			return;
		}
		move(connection, messages, content(advisory, parked), message);
	}

	private static @Nullable StoredMessage find(StoredMessages messages, MaxDeliveriesAdvisory advisory) {
		try {
			return messages.get(advisory.stream(), advisory.sequence());
		}
		catch (DeadLetterException ex) {
			if (ex.getApiErrorCode() == STREAM_NOT_FOUND) {
				return null;
			}
			throw ex;
		}
	}

	private DeadLetterContent content(MaxDeliveriesAdvisory advisory, StoredMessage parked) {
		return new DeadLetterContent(parked.subject(), advisory.stream(), advisory.consumer(), parked.sequence(),
				parked.time(), parked.headers(), parked.data(), this.followed.listener(), advisory.deliveries(),
				DeliveriesExhaustedException.class.getName(), "No answer in " + advisory.deliveries() + " deliveries");
	}

	private void move(Connection connection, StoredMessages messages, DeadLetterContent content, Message advisory)
			throws IOException, JetStreamApiException {
		String template = this.followed.deadLetterSubject();
		if (content.isCircular(template)) {
			logger
				.error("Message " + content.sequence() + " of " + this.followed + " is a dead letter itself: it stays");
			return;
		}
		JetStreamManagement management = connection.jetStreamManagement(this.options);
		StreamInfo source = management.getStreamInfo(content.stream());
		if (!isMoved(management, messages, content, advisory)) {
			publish(connection, content);
			logger.warn("Listener '" + content.listener() + "': message " + content.sequence() + " of stream '"
					+ content.stream() + "' was not answered in " + content.deliveries()
					+ " deliveries, it is a dead letter now");
		}
		if (source.getConfiguration().getRetentionPolicy() == RetentionPolicy.WorkQueue) {
			messages.delete(content.stream(), content.sequence());
		}
	}

	private void publish(Connection connection, DeadLetterContent content) throws IOException, JetStreamApiException {
		boolean fresh = new DeadLetterPublisher(connection, this.options, this.metrics,
				this.followed.deadLetterSubject())
			.publish(content);
		if (fresh) {
			this.metrics.deadLettered(content.listener());
		}
	}

	/**
	 * Whether the dead letter is there already. As long as the duplicate window of its
	 * stream hasn't passed the server sees to that.
	 */
	private boolean isMoved(JetStreamManagement management, StoredMessages messages, DeadLetterContent content,
			Message advisory) throws IOException, JetStreamApiException {
		for (String stream : management.getStreamNames(content.subject(this.followed.deadLetterSubject()))) {
			StreamInfo info = management.getStreamInfo(stream);
			if (isLate(advisory, info.getConfiguration().getDuplicateWindow(), longestWait(management))
					&& contains(messages, info, content.id())) {
				return true;
			}
		}
		return false;
	}

	/**
	 * The last delivery was a wait before the advisory, and the listener may have
	 * published at any time since.
	 */
	private static boolean isLate(Message advisory, @Nullable Duration window, Duration wait) {
		if (window == null || !advisory.isJetStream()) {
			return window == null;
		}
		Instant earliest = advisory.metaData().timestamp().toInstant().minus(wait);
		return advisory.metaData().deliveredCount() > 1
				|| Duration.between(earliest, Instant.now()).compareTo(window.dividedBy(2)) > 0;
	}

	/**
	 * With a back-off the server's ack wait is the first of its durations.
	 */
	private Duration longestWait(JetStreamManagement management) throws IOException, JetStreamApiException {
		try {
			ConsumerConfiguration consumer = management
				.getConsumerInfo(this.followed.stream(), this.followed.consumer())
				.getConsumerConfiguration();
			return Stream.concat(Stream.ofNullable(consumer.getAckWait()), consumer.getBackoff().stream())
				.max(Comparator.naturalOrder())
				.orElse(Duration.ZERO);
		}
		catch (JetStreamApiException ex) {
			logger.debug("The " + this.followed + " is gone", ex);
			return Duration.ofDays(1);
		}
	}

	private static boolean contains(StoredMessages messages, StreamInfo stream, String id) {
		return !new DeadLetterScan(messages, stream.getConfiguration().getName()).visit(1,
				stream.getStreamState().getLastSequence(),
				(message) -> !id.equals(message.headers().getFirst("Nats-Msg-Id")));
	}

}

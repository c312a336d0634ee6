package dev.natsboot.listener;

import java.io.IOException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.MessageInfo;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the messages that a consumer with ack policy all has delivered and that
 * nobody has acknowledged. The server tells how many they are and between which sequences
 * they lie, where millions may lie that the consumer's filter has passed over.
 */
final class PendingSearch {

	private static final Log logger = LogFactory.getLog(PendingSearch.class);

	/** To ask for a message takes as long as to call back some hundreds. */
	private static final int MANY = 100;

	private static final int NO_MESSAGE_FOUND = 10037;

	private final Connection connection;

	private final JetStreamOptions options;

	PendingSearch(Connection connection, JetStreamOptions options) {
		this.connection = connection;
		this.options = options;
	}

	/**
	 * Look for them, where that is worth it: between the two sequences the filter lets
	 * through what was delivered and not acknowledged, and nothing else. That isn't so
	 * when the filter was another one, or messages were removed. Where the server counts
	 * more or fewer than were found, nothing was found; where it counts as many although
	 * they are others, {@link AckFloor} notices that they don't come.
	 * @return their sequences, or {@code null} when they may be any between the two
	 */
	@Nullable SortedSet<Long> find(ConsumerInfo info) {
		long pending = info.getNumAckPending();
		long first = info.getAckFloor().getStreamSequence() + 1;
		long last = info.getDelivered().getStreamSequence();
		if (pending == 0 || last - first < MANY * Math.max(pending, MANY)) {
			return null;
		}
		try {
			SortedSet<Long> found = new TreeSet<>();
			JetStreamManagement management = this.connection.jetStreamManagement(this.options);
			for (String filter : filters(info)) {
				find(management, info, filter, found);
			}
			return (found.size() == pending) ? found : null;
		}
		catch (IOException | JetStreamApiException ex) {
			logger.debug("The server doesn't tell what is pending for consumer '" + info.getName() + "'", ex);
			return null;
		}
	}

	/**
	 * Look at the consumer again.
	 */
	ConsumerInfo refresh(ConsumerInfo info) {
		try {
			return this.connection.jetStreamManagement(this.options)
				.getConsumerInfo(info.getStreamName(), info.getName());
		}
		catch (IOException | JetStreamApiException ex) {
			throw new IllegalStateException("The server doesn't tell how far consumer '" + info.getName() + "' is", ex);
		}
	}

	private static List<String> filters(ConsumerInfo info) {
		List<String> filters = info.getConsumerConfiguration().getFilterSubjects();
		return (filters != null) ? filters : List.of(">");
	}

	private static void find(JetStreamManagement management, ConsumerInfo info, String filter, SortedSet<Long> found)
			throws IOException, JetStreamApiException {
		long last = info.getDelivered().getStreamSequence();
		long next = next(management, info, info.getAckFloor().getStreamSequence() + 1, filter);
		while (next <= last && found.size() <= info.getNumAckPending()) {
			found.add(next);
			next = next(management, info, next + 1, filter);
		}
	}

	private static long next(JetStreamManagement management, ConsumerInfo info, long from, String filter)
			throws IOException, JetStreamApiException {
		try {
			MessageInfo message = management.getNextMessage(info.getStreamName(), from, filter);
			return message.getSeq();
		}
		catch (JetStreamApiException ex) {
			if (ex.getApiErrorCode() == NO_MESSAGE_FOUND) {
				return Long.MAX_VALUE;
			}
			throw ex;
		}
	}

}

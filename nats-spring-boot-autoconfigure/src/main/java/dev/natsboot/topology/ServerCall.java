package dev.natsboot.topology;

import java.io.IOException;
import java.io.UncheckedIOException;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.ServerInfo;
import org.jspecify.annotations.Nullable;

/**
 * A call to JetStream's API whose failure says what was wanted and of whom.
 *
 * @param <T> the answer
 */
@FunctionalInterface
interface ServerCall<T> {

	int CONSUMER_NOT_FOUND = 10014;

	int STREAM_NOT_FOUND = 10059;

	int REPLICAS_NOT_SUPPORTED = 10074;

	int SUBJECTS_OVERLAP = 10065;

	/** A message would be matched by two filters of one consumer. */
	int FILTERS_OVERLAP = 10138;

	/** A consumer of this name exists and is another one. */
	int CONSUMER_EXISTS = 10148;

	/** A stream of this name exists and is another one. */
	int STREAM_EXISTS = 10058;

	T call() throws IOException, JetStreamApiException;

	/**
	 * Call, and return {@code null} when the server answers with the given error.
	 */
	static <T> @Nullable T orNull(Connection connection, String purpose, int apiErrorCode, ServerCall<T> call) {
		try {
			return call.call();
		}
		catch (JetStreamApiException ex) {
			if (ex.getApiErrorCode() == apiErrorCode) {
				return null;
			}
			throw refused(purpose, ex);
		}
		catch (IOException ex) {
			throw unanswered(connection, purpose, ex);
		}
		catch (IllegalStateException ex) {
			throw (ex instanceof TopologyException topology) ? topology
					: unanswered(connection, purpose, new IOException(ex.getMessage(), ex));
		}
	}

	static <T> T of(Connection connection, String purpose, ServerCall<T> call) {
		try {
			return call.call();
		}
		catch (JetStreamApiException ex) {
			throw refused(purpose, ex);
		}
		catch (IOException ex) {
			throw unanswered(connection, purpose, ex);
		}
		catch (IllegalStateException ex) {
			throw (ex instanceof TopologyException topology) ? topology
					: unanswered(connection, purpose, new IOException(ex.getMessage(), ex));
		}
	}

	private static TopologyException refused(String purpose, JetStreamApiException ex) {
		return new TopologyException("The server refused to " + purpose + ": " + ex.getErrorDescription() + " ["
				+ ex.getApiErrorCode() + "]" + hint(ex.getApiErrorCode()), ex);
	}

	private static String hint(int apiErrorCode) {
		return switch (apiErrorCode) {
			case REPLICAS_NOT_SUPPORTED -> ". A server without a cluster has one replica: nats.jetstream.replicas=1";
			case SUBJECTS_OVERLAP -> ". Another stream captures one of the subjects already: declare subjects that no"
					+ " other stream has, for instance nats.jetstream.streams.ORDERS.subjects=orders.>";
			case FILTERS_OVERLAP -> ". A message must not match two subjects of one consumer: leave out the one that"
					+ " another includes, for instance orders.> instead of orders.> and orders.created";
			default -> "";
		};
	}

	private static UncheckedIOException unanswered(Connection connection, String purpose, IOException ex) {
		ServerInfo info = connection.getServerInfo();
		String reason = (info != null && !info.isJetStreamAvailable())
				? "JetStream is off on server '" + info.getServerName() + "': start it with 'nats-server -js'"
				: "JetStream doesn't answer (" + ex.getMessage() + "). Is a quorum of its servers up, and may the user"
						+ " publish to '$JS.API.>'?";
		return new UncheckedIOException("Can't " + purpose + ": " + reason, ex);
	}

}

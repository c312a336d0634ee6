package dev.natsboot.listener;

import io.nats.client.Message;
import io.nats.client.support.Status;
import org.jspecify.annotations.Nullable;

/**
 * What a status message says about a pull request or a push consumer (ADR-13, ADR-15,
 * ADR-37).
 *
 * @param kind what it means for the source
 * @param pending how many messages of the request were not delivered, or -1 when the
 * server doesn't say
 * @param lastDelivered the consumer's number of the last message that it delivered, or -1
 * when the server doesn't say
 * @param text the server's text
 */
record SourceStatus(Kind kind, int pending, long lastDelivered, String text) {

	enum Kind {

		/** The consumer is alive. */
		HEARTBEAT,

		/** The request is over: ask again. */
		FINISHED,

		/**
		 * The request can't be served now: ask again after a while, and look whether the
		 * consumer is there.
		 */
		UNAVAILABLE

	}

	static SourceStatus of(Message message) {
		Status status = message.getStatus();
		return new SourceStatus(kind(status), (int) number(message, "Nats-Pending-Messages"),
				number(message, "Nats-Last-Consumer"), status.getMessageWithCode());
	}

	private static Kind kind(Status status) {
		return switch (status.getCode()) {
			case 100 -> Kind.HEARTBEAT;
			case 404, 408 -> Kind.FINISHED;
			case 409 -> isUnavailable(status.getMessage()) ? Kind.UNAVAILABLE : Kind.FINISHED;
			default -> Kind.UNAVAILABLE;
		};
	}

	/**
	 * All others of code 409 ("Leadership Change", "Message Size Exceeds MaxBytes",
	 * "Batch Completed") end one request only.
	 */
	private static boolean isUnavailable(String text) {
		return text.startsWith("Consumer") || text.startsWith("Exceeded") || text.startsWith("Server Shutdown");
	}

	private static long number(Message message, String header) {
		String value = (message.getHeaders() != null) ? message.getHeaders().getFirst(header) : null;
		return (value != null) ? Long.parseLong(value) : -1;
	}

	static @Nullable Integer generation(Message message) {
		String subject = message.getSubject();
		try {
			return Integer.valueOf(subject.substring(subject.lastIndexOf('.') + 1));
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

}

package dev.natsboot.core;

import java.io.IOException;
import java.time.Duration;

import dev.natsboot.connection.NatsNotConnectedException;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.PublishAck;

/**
 * Why JetStream didn't confirm a message, in words that help, and whether trying again
 * may.
 */
final class PublishFailures {

	private static final int UNAVAILABLE = 503;

	private PublishFailures() {
	}

	static PublishAck readAck(Message reply) throws IOException, JetStreamApiException {
		return PublishAcks.requireStored(new PublishAck(reply));
	}

	/**
	 * Nobody there (also while a leader is elected), no answer, or a server that says
	 * "later". Without an answer a message may be stored nevertheless, and only its id
	 * keeps it from being stored again.
	 */
	static boolean isTransient(OutgoingMessage message, Throwable failure) {
		return failure instanceof NatsNoRespondersException
				|| (failure instanceof NatsRequestTimeoutException && message.messageId() != null)
				|| (failure instanceof JetStreamApiException api && api.getErrorCode() == UNAVAILABLE);
	}

	static RuntimeException explain(OutgoingMessage message, Throwable failure, Duration timeout) {
		if (failure instanceof NatsPublishException || failure instanceof NatsNotConnectedException) {
			return (RuntimeException) failure;
		}
		int code = (failure instanceof JetStreamApiException api) ? api.getApiErrorCode() : 0;
		return new NatsPublishException(message.subject(), message.messageId(), code, reason(message, failure, timeout),
				failure);
	}

	private static String reason(OutgoingMessage message, Throwable failure, Duration timeout) {
		if (failure instanceof NatsNoRespondersException) {
			return "no stream captures this subject. Declare one, for example "
					+ "nats.jetstream.streams.events.subjects=" + message.subject()
					+ ", and check that JetStream is enabled on the server";
		}
		if (failure instanceof NatsRequestTimeoutException) {
			return "no confirmation within " + timeout.toMillis() + " ms (nats.template.publish-timeout)"
					+ mayBeStored(message);
		}
		if (failure instanceof JetStreamApiException api) {
			return reason(api);
		}
		String said = (failure.getMessage() != null) ? failure.getMessage() : failure.toString();
		return (failure instanceof NatsException) ? said + mayBeStored(message) : said;
	}

	/**
	 * For a message that was sent and whose confirmation wasn't waited for to the end.
	 */
	private static String mayBeStored(OutgoingMessage message) {
		return ". The message may be stored nevertheless: " + advice(message);
	}

	private static String advice(OutgoingMessage message) {
		return (message.messageId() != null)
				? "publish it again with the same Nats-Msg-Id '" + message.messageId() + "'"
				: "look for it before you publish it again. With a message id "
						+ "(nats.template.generate-message-ids=true, or a header Nats-Msg-Id) it is stored once";
	}

	private static String reason(JetStreamApiException failure) {
		String said = failure.getErrorDescription() + " [" + failure.getApiErrorCode() + "]";
		return switch (failure.getApiErrorCode()) {
			case 10054 -> said + ": raise the stream's max-message-size, or publish less";
			case 10002, 10023, 10047 ->
				said + ": the JetStream store of the server or of the account is full; purge or "
						+ "delete what isn't needed, or raise max_file_store in the server's configuration";
			case 10077 -> said + ": the stream is full and discards new messages; raise its max-messages, max-bytes "
					+ "or max-messages-per-subject, or consume faster";
			case 10060 -> said + ": another stream than the one in the header Nats-Expected-Stream has this subject";
			case 10070, 10071 -> said + ": another message was stored meanwhile; read, and publish again";
			default -> said;
		};
	}

}

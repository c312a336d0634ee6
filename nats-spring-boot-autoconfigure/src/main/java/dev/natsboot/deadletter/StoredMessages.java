package dev.natsboot.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.nats.client.Connection;
import io.nats.client.JetStreamOptions;
import io.nats.client.Message;
import io.nats.client.support.JsonParseException;
import io.nats.client.support.JsonParser;
import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils;
import org.jspecify.annotations.Nullable;

/**
 * Reads and deletes single messages of streams. Asks the stream's leader, who knows what
 * was deleted a moment ago, and not the replica that is nearest, and needs nothing that
 * nats-server 2.9 doesn't have.
 */
final class StoredMessages {

	private static final int NO_MESSAGE = 10037;

	private static final int NO_SEQUENCE = 10043;

	private static final int NOT_DELETED = 10057;

	private final Connection connection;

	private final String prefix;

	private final Duration timeout;

	StoredMessages(Connection connection, JetStreamOptions options) {
		this.connection = connection;
		this.prefix = options.getPrefix();
		this.timeout = (options.getRequestTimeout() != null) ? options.getRequestTimeout()
				: connection.getOptions().getConnectionTimeout();
	}

	@Nullable StoredMessage get(String stream, long sequence) {
		return message(stream, request(stream, sequence));
	}

	/**
	 * The first message that has at least this sequence.
	 */
	@Nullable StoredMessage next(String stream, long sequence) {
		return message(stream, send(get(stream), "{\"seq\":" + sequence + ",\"next_by_subj\":\">\"}"));
	}

	/**
	 * Ask for a message, and read the answer with
	 * {@link #message(String, CompletableFuture)}.
	 */
	CompletableFuture<Message> request(String stream, long sequence) {
		return send(get(stream), "{\"seq\":" + sequence + "}");
	}

	@Nullable StoredMessage message(String stream, CompletableFuture<Message> answer) {
		JsonValue value = read("read a message of stream '" + stream + "'", answer, NO_MESSAGE);
		return (value != null) ? StoredMessage.of(JsonValueUtils.readValue(value, "message")) : null;
	}

	/**
	 * Delete a message, without overwriting what is on the disk. What was before the
	 * first message of its stream the server can't delete, what was behind it it knows to
	 * be gone.
	 * @return whether it was there
	 */
	boolean delete(String stream, long sequence) {
		CompletableFuture<Message> answer = send(this.prefix + "STREAM.MSG.DELETE." + stream,
				"{\"seq\":" + sequence + ",\"no_erase\":true}");
		try {
			return read("delete message " + sequence + " of stream '" + stream + "'", answer, NO_SEQUENCE) != null;
		}
		catch (DeadLetterException ex) {
			if (ex.getApiErrorCode() == NOT_DELETED && get(stream, sequence) == null) {
				return false;
			}
			throw ex;
		}
	}

	private String get(String stream) {
		return this.prefix + "STREAM.MSG.GET." + stream;
	}

	private CompletableFuture<Message> send(String subject, String body) {
		try {
			return this.connection.requestWithTimeout(subject, body.getBytes(StandardCharsets.US_ASCII), this.timeout);
		}
		catch (IllegalStateException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private @Nullable JsonValue read(String purpose, CompletableFuture<Message> answer, int absent) {
		try {
			JsonValue value = JsonParser.parse(answer.get(this.timeout.toMillis(), TimeUnit.MILLISECONDS).getData());
			JsonValue error = JsonValueUtils.readValue(value, "error");
			if (error == null) {
				return value;
			}
			int code = JsonValueUtils.readInteger(error, "err_code", 0);
			if (code == absent) {
				return null;
			}
			throw new DeadLetterException("The server refused to " + purpose + ": "
					+ JsonValueUtils.readString(error, "description") + " [" + code + "]", code, null);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw unanswered(purpose, ex);
		}
		catch (ExecutionException | TimeoutException | CancellationException | JsonParseException ex) {
			throw unanswered(purpose, ex);
		}
	}

	/**
	 * A missing permission looks like a server that doesn't answer.
	 */
	private DeadLetterException unanswered(String purpose, Exception ex) {
		String last = this.connection.getLastError();
		return new DeadLetterException(
				"Can't " + purpose + ": JetStream doesn't answer"
						+ ((last != null && !last.isEmpty()) ? " (last error of the connection: " + last + ")" : "")
						+ ". Is a quorum of its servers up, and may the user publish to '" + this.prefix + "STREAM.>'?",
				0, ex);
	}

}

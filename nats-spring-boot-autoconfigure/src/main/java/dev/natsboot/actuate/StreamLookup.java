package dev.natsboot.actuate;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

import dev.natsboot.actuate.NatsDescriptor.Consumer;
import dev.natsboot.actuate.NatsDescriptor.Stream;
import dev.natsboot.connection.NatsConnectionManager;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamInfo;
import io.nats.client.api.StreamState;
import org.jspecify.annotations.Nullable;

/**
 * Asks the servers about streams and consumers, for a bounded time: what isn't known by
 * then is reported with the reason.
 */
final class StreamLookup {

	private static final Duration CALL = Duration.ofMillis(500);

	private static final Duration TOTAL = Duration.ofSeconds(2);

	private final long deadline = System.nanoTime() + TOTAL.toNanos();

	private final JetStreamOptions options;

	private final Map<String, NatsConnectionManager> managers;

	private final Map<String, Stream> streams = new TreeMap<>();

	private final Map<String, Consumer> consumers = new TreeMap<>();

	private final Map<String, Long> deadLetters = new TreeMap<>();

	private final Set<String> deadLetterSubjects = new HashSet<>();

	private final Map<String, String> silent = new TreeMap<>();

	StreamLookup(JetStreamOptions options, Map<String, NatsConnectionManager> managers) {
		this.options = JetStreamOptions.builder(options).requestTimeout(CALL).build();
		this.managers = managers;
	}

	void stream(String connection, String name) {
		this.streams.computeIfAbsent(connection + "/" + name,
				(key) -> ask(connection, (management) -> describe(management.getStreamInfo(name)),
						(error) -> new Stream(List.of(), null, null, null, null, null, error)));
	}

	void consumer(String connection, String stream, String name) {
		this.consumers.computeIfAbsent(connection + "/" + stream + "/" + name,
				(key) -> ask(connection, (management) -> describe(management.getConsumerInfo(stream, name)),
						(error) -> new Consumer(null, null, null, null, error)));
	}

	/**
	 * Count the messages of the streams that store dead letters.
	 * @param subject the subject of the dead letters, with wildcards
	 */
	void deadLetters(String connection, String subject) {
		if (this.deadLetterSubjects.add(connection + "/" + subject)) {
			Map<String, Long> found = ask(connection, (management) -> count(management, subject), (error) -> Map.of());
			found.forEach((stream, messages) -> this.deadLetters.put(connection + "/" + stream, messages));
		}
	}

	private static Map<String, Long> count(JetStreamManagement management, String subject)
			throws IOException, JetStreamApiException {
		Map<String, Long> counts = new TreeMap<>();
		for (String stream : management.getStreamNames(subject)) {
			counts.put(stream, management.getStreamInfo(stream).getStreamState().getMsgCount());
		}
		return counts;
	}

	Map<String, Long> deadLetters() {
		return this.deadLetters;
	}

	Map<String, Stream> streams() {
		return this.streams;
	}

	Map<String, Consumer> consumers() {
		return this.consumers;
	}

	private <T> T ask(String connection, Question<T> question, Function<String, T> unknown) {
		String silence = silence(connection);
		if (silence != null) {
			return unknown.apply(silence);
		}
		try {
			return question.ask(connected(connection).jetStreamManagement(this.options));
		}
		catch (JetStreamApiException ex) {
			return unknown.apply(ex.getErrorDescription());
		}
		catch (IOException | IllegalStateException ex) {
			String reason = "JetStream doesn't answer: " + ex.getMessage();
			this.silent.put(connection, reason);
			return unknown.apply(reason);
		}
	}

	private @Nullable String silence(String connection) {
		return (System.nanoTime() - this.deadline > 0) ? "not asked, the time for answers was over"
				: this.silent.get(connection);
	}

	private Connection connected(String name) {
		NatsConnectionManager manager = this.managers.get(name);
		Connection connection = (manager != null) ? manager.currentOrNull() : null;
		if (connection == null || connection.getStatus() != Connection.Status.CONNECTED) {
			throw new IllegalStateException("not connected");
		}
		return connection;
	}

	private static Stream describe(StreamInfo info) {
		StreamState state = info.getStreamState();
		return new Stream(info.getConfiguration().getSubjects(), state.getMsgCount(), state.getByteCount(),
				state.getFirstSequence(), state.getLastSequence(), state.getConsumerCount(), null);
	}

	private static Consumer describe(ConsumerInfo info) {
		return new Consumer(info.getNumPending(), info.getNumAckPending(), info.getRedelivered(), info.getNumWaiting(),
				null);
	}

	/**
	 * A call to the server.
	 *
	 * @param <T> the answer
	 */
	@FunctionalInterface
	private interface Question<T> {

		T ask(JetStreamManagement management) throws IOException, JetStreamApiException;

	}

}
